import { useMemo } from 'react'
import { useNavigate } from 'react-router'
import { client } from '../queries/client.ts'
import { notify, notifyProblem } from '../shell/notices.tsx'
import type { DeskTools } from './desk-edits.ts'

const QUEUE = 50

/** Which tracks this page has led away from, the latest last: they are not offered again before the others were. */
const visited: number[] = []

/** Leads to where a label teaches most, the section of another track that the model is least sure of, and back again. */
export const useNextTrack = (trackId: number): Pick<DeskTools, 'nextTrack' | 'previousTrack'> => {
  const navigate = useNavigate()
  return useMemo(() => {
    const goOn = async (): Promise<void> => {
      const queue = await client.listSuggestions({ query: { order: 'teaching', limit: QUEUE } })
      const others = queue.filter(({ track_id }) => track_id !== trackId)
      const next = others.find(({ track_id }) => !visited.includes(track_id)) ?? others[0]
      if (next) {
        visited.push(trackId)
        await navigate(`/training?track=${next.track_id}&beat=${next.start_beat}`)
      } else
        notify({ tone: 'plain', title: 'Nothing is left to review', detail: 'No other track has an open suggestion.' })
    }
    return {
      nextTrack: () => void goOn().catch(notifyProblem),
      previousTrack: () => {
        const before = visited.pop()
        if (before === undefined) notify({ tone: 'plain', title: 'No other track was open before this one' })
        else void navigate(`/training?track=${before}`)
      },
    }
  }, [navigate, trackId])
}
