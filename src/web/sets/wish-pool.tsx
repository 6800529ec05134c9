import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { notifyProblem } from '../kit/notices.tsx'
import { useLibrary } from '../library/library-state.ts'
import { useListedPool } from '../library/use-listed-pool.ts'
import { queryOf } from '../queries/query-of.ts'
import { changeWish, useSet } from './set-state.ts'
import styles from './set-wish-panel.module.css'

const PLAYLIST = 'playlist '

const choosePlaylist = async (id: number): Promise<void> => {
  try {
    const { track_ids } = await client.playlistTracks({ params: { id } })
    if (track_ids.length > 0) changeWish({ pool: null, pool_track_ids: [...new Set(track_ids)] })
  } catch (error) {
    notifyProblem(error)
  }
}

/** Which tracks a set is chosen from: all, those that the library lists, a playlist, or what was selected by hand. */
export const WishPool = (): ReactElement => {
  const { pool, pool_track_ids: picked } = useSet((state) => state.wish)
  const filtered = useListedPool()
  const selected = useLibrary((state) => state.selected)
  const { data: playlists = [] } = useQuery(queryOf('listPlaylists'))
  const now = picked !== null ? 'picked' : !pool ? 'all' : pool === filtered.pool ? 'list' : 'kept list'
  const choose = (value: string): void => {
    if (value === 'all') changeWish({ pool: null, pool_track_ids: null })
    else if (value === 'list') changeWish({ pool: filtered.pool, pool_track_ids: null })
    else if (value === 'selected') changeWish({ pool: null, pool_track_ids: [...selected] })
    else if (value.startsWith(PLAYLIST)) void choosePlaylist(Number(value.slice(PLAYLIST.length)))
  }
  return (
    <label className={styles.field}>
      <span>Choose from</span>
      <select value={now} onChange={({ target }) => choose(target.value)}>
        <option value="all">the whole library</option>
        <option value="list">
          the library as filtered now{filtered.tracks === undefined ? '' : `: ${countText(filtered.tracks)}`}
        </option>
        {now === 'kept list' && <option value="kept list">the library as it was filtered then</option>}
        {now === 'picked' && <option value="picked">{countText(picked!.length)}, picked by hand</option>}
        {selected.size > 0 && (
          <option value="selected">what is selected in the library: {countText(selected.size)}</option>
        )}
        {playlists
          .filter(({ tracks }) => tracks > 0)
          .map(({ id, name, tracks }) => (
            <option key={id} value={`${PLAYLIST}${id}`}>
              the playlist {name}: {countText(tracks)}
            </option>
          ))}
      </select>
    </label>
  )
}
