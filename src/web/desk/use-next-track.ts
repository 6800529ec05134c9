import { useMemo } from 'react'
import { useNavigate } from 'react-router'
import { client } from '../kit/client.ts'
import { deskPath } from '../kit/desk-path.ts'
import { notify, notifyProblem } from '../kit/notices.tsx'
import type { DeskTools } from './desk-edits.ts'

const QUEUE = 50

/** The tracks that this page has led away from, latest last; they are offered again only after the others. */
const visited: number[] = []

type Stop = { readonly track_id: number; readonly start_beat: number }

/** Where a label teaches most: what the model is least sure of; where nothing is proposed, tracks without labels. */
const readQueue = async (): Promise<readonly Stop[]> => {
  const suggestions = await client.listSuggestions({ query: { order: 'teaching', limit: QUEUE } })
  if (suggestions.length > 0) return suggestions
  const { tracks } = await client.listTracks({ query: { has_labels: 'false', status: 'analysed', limit: QUEUE } })
  return tracks.map(({ id }) => ({ track_id: id, start_beat: 0 }))
}

/** Leads to the next track that is worth labels, and back again. */
export const useNextTrack = (trackId: number): Pick<DeskTools, 'nextTrack' | 'previousTrack'> => {
  const navigate = useNavigate()
  return useMemo(() => {
    const goOn = async (): Promise<void> => {
      const others = (await readQueue()).filter(({ track_id }) => track_id !== trackId)
      const next = others.find(({ track_id }) => !visited.includes(track_id)) ?? others[0]
      if (next) {
        visited.push(trackId)
        await navigate(deskPath(next.track_id, next.start_beat))
      } else
        notify({
          tone: 'plain',
          title: 'Nothing left to review',
          detail: 'No other track has open suggestions, and none is without labels.',
        })
    }
    return {
      nextTrack: () => void goOn().catch(notifyProblem),
      previousTrack: () => {
        const before = visited.pop()
        if (before === undefined) notify({ tone: 'plain', title: 'No other track was open before this one' })
        else void navigate(deskPath(before))
      },
    }
  }, [navigate, trackId])
}
