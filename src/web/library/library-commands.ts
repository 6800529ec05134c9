import type { Command } from '../kit/commands.ts'
import { scanAgain } from '../queries/job-requests.ts'
import { openFolders } from './folders-state.ts'
import { changeFilters, useLibrary } from './library-state.ts'
import { type Filters, NO_FILTERS } from './list-filters.ts'
import { askFor } from './playlists/playlist-state.ts'
import {
  ignoreSelected,
  openRelocate,
  relocateSelected,
  removeSelected,
  trySelectedAgain,
  withSelected,
} from './track-files-state.ts'

const list =
  (wanted: Partial<Filters>): Command['run'] =>
  (go) => {
    changeFilters({ ...NO_FILTERS, ...wanted })
    go('/library')
  }

export const LIBRARY_COMMANDS: readonly Command[] = [
  {
    name: 'Add a folder of music',
    words: 'root import library new',
    run: (go) => {
      go('/library')
      openFolders()
    },
  },
  {
    name: 'Bring in a DJ library…',
    words: 'import rekordbox traktor serato virtualdj mixxx engine itunes cues playlists',
    run: (go) => go('/bring-in'),
  },
  {
    name: 'New playlist…',
    words: 'make create crate list',
    run: (go) => {
      go('/library')
      askFor({ kind: 'new', folders: [], trackIds: [] })
    },
  },
  {
    name: 'Add the selected tracks to a playlist…',
    words: 'crate list',
    run: (go) => {
      go('/library')
      withSelected((trackIds) => askFor({ kind: 'add', trackIds }))
    },
  },
  {
    name: 'The library at a glance',
    words: 'overview charts statistics tempo histogram camelot wheel energy growth',
    run: (go) => {
      go('/library')
      useLibrary.setState({ pane: 'overview' })
    },
  },
  { name: 'Scan all folders again', words: 'refresh read update library', run: () => void scanAgain() },
  { name: 'List tracks that need review', words: 'filter unsure failed', run: list({ needsReview: true }) },
  { name: 'List missing tracks', words: 'filter gone lost file', run: list({ status: 'missing' }) },
  {
    name: 'List files that cannot be read',
    words: 'filter broken damaged failed',
    run: list({ status: 'unreadable' }),
  },
  {
    name: 'Relocate missing tracks…',
    words: 'find moved renamed file',
    run: () => openRelocate(null, 'missing tracks'),
  },
  { name: 'Relocate the selected tracks…', words: 'find moved renamed file', run: relocateSelected },
  { name: 'Ignore the files of the selected tracks', words: 'hide skip exclude broken', run: ignoreSelected },
  { name: 'Remove the selected tracks from the library', words: 'delete forget', run: removeSelected },
  { name: 'Try the selected tracks again', words: 'analyse broken failed retry', run: trySelectedAgain },
  { name: 'List tracks without labels', words: 'filter unlabelled', run: list({ labelled: 'no' }) },
]
