import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { countText } from '../../../core/units/count-text.ts'
import { Button } from '../../kit/elements/button.tsx'
import { queryOf } from '../../queries/query-of.ts'
import { changeView, useLibrary } from '../library-state.ts'
import { filterAsListed } from './listed-filter.ts'
import { keepFilter } from './playlist-edits.ts'
import { editFilter, openPlaylist, usePlaylists } from './playlist-state.ts'
import type { Playlist } from './playlist-tree.ts'
import styles from './side-bar.module.css'

/** The playlist that is open; null while none is, or it is not there. */
export const useOpenPlaylist = (): Playlist | null => {
  const id = useLibrary((state) => state.filters.playlist)
  const { data } = useQuery(queryOf('listPlaylists'))
  return data?.find((one) => String(one.id) === id) ?? null
}

/** What is to be known of the playlist that is open, beside its tracks. */
export const PlaylistNotes = ({ playlist }: { readonly playlist: Playlist }): ReactElement => {
  const sort = useLibrary((state) => state.sort)
  const { data } = useQuery(queryOf('playlist', { params: { id: playlist.id } }))
  const { missing = 0, repeats = 0 } = data ?? {}
  return (
    <>
      {playlist.filter !== null && (
        <>
          <span className="quiet">smart{playlist.limit === null ? '' : `, at most ${countText(playlist.limit)}`}</span>
          <Button look="bare" onClick={() => editFilter(playlist)}>
            Change the filter
          </Button>
        </>
      )}
      {sort !== 'playlist' && (
        <Button look="bare" onClick={() => changeView({ sort: 'playlist', order: 'asc' })}>
          Show in its order
        </Button>
      )}
      {missing > 0 && (
        <span className="quiet">
          {countText(missing, 'file')} {missing === 1 ? 'is' : 'are'} gone
        </span>
      )}
      {repeats > 0 && (
        <span className="quiet">{countText(repeats, 'place')} more with a track that is listed already</span>
      )}
    </>
  )
}

/** Keeps the filter of the list for the smart playlist that it was taken from. */
export const FilterEditing = (): ReactElement | null => {
  const editing = usePlaylists((state) => state.editing)
  if (editing === null) return null
  return (
    <div className={styles.editing} role="group" aria-label={`Filter of ${editing.name}`}>
      <span>
        These filters are those of <strong>{editing.name}</strong>. Change them, and keep them.
      </span>
      <Button look="main" onClick={() => void keepFilter(editing, filterAsListed())}>
        Keep for “{editing.name}”
      </Button>
      <Button onClick={() => openPlaylist(editing.id)}>Leave it as it was</Button>
    </div>
  )
}
