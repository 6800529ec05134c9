import { useCallback } from 'react'
import { useNavigate } from 'react-router'
import { client } from '../queries/client.ts'
import { notify, notifyProblem } from '../shell/notices.tsx'

/** Leads to where a label teaches most: the section of another track that the model is least sure of. */
export const useNextTrack = (trackId: number): (() => void) => {
  const navigate = useNavigate()
  return useCallback(() => {
    const go = async (): Promise<void> => {
      const queue = await client.listSuggestions({ query: { order: 'teaching', limit: 50 } })
      const next = queue.find(({ track_id }) => track_id !== trackId)
      if (next) await navigate(`/training?track=${next.track_id}&beat=${next.start_beat}`)
      else
        notify({ tone: 'plain', title: 'Nothing is left to review', detail: 'No other track has an open suggestion.' })
    }
    go().catch(notifyProblem)
  }, [navigate, trackId])
}
