import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { queryOf } from '../queries/query-of.ts'
import type { Playlist } from './graph-colours.ts'
import { useGraph } from './graph-state.ts'

type Choice = { readonly id: number; readonly name: string }

/** The playlists to choose from, with the folders around them, while colours show one. */
export const usePlaylistChoices = (): readonly Choice[] => {
  const isWanted = useGraph(({ look }) => look.colouring === 'playlist')
  const { data } = useQuery({ ...queryOf('listPlaylists'), enabled: isWanted })
  return data?.map(({ id, name, folders }) => ({ id, name: [...folders, name].join(' / ') })) ?? []
}

/** The playlist whose tracks stand out: the chosen one, or else the first. */
export const useShownPlaylist = (): (Playlist & { readonly id: number }) | null => {
  const choices = usePlaylistChoices()
  const chosen = useGraph((state) => state.playlistId)
  const shown = choices.find(({ id }) => id === chosen) ?? choices[0]
  const { data } = useQuery({
    ...queryOf('playlistTracks', { params: { id: shown?.id ?? 0 } }),
    enabled: shown !== undefined,
  })
  const [id, name] = [shown?.id, shown?.name]
  return useMemo(
    () => (id === undefined || name === undefined || !data ? null : { id, name, ids: new Set(data.track_ids) }),
    [id, name, data],
  )
}
