import type { Command } from '../kit/commands.ts'
import { scanAgain } from '../queries/job-requests.ts'
import { openFolders } from './folders-state.ts'
import { changeFilters } from './library-state.ts'
import { type Filters, NO_FILTERS } from './list-filters.ts'

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
  { name: 'Scan all folders again', words: 'refresh read update library', run: () => void scanAgain() },
  { name: 'List tracks that need review', words: 'filter unsure failed', run: list({ needsReview: true }) },
  { name: 'List tracks without labels', words: 'filter unlabelled', run: list({ labelled: 'no' }) },
]
