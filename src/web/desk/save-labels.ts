import { ApiProblem } from '../../api/contract/client.ts'
import type { Label } from '../../labels/label.ts'
import { client } from '../queries/client.ts'
import type { TrackDocument } from '../queries/use-track.ts'
import { notify, notifyProblem } from '../shell/notices.tsx'
import { adopt, type DeskStore } from './desk-store.ts'
import type { Edit } from './gestures.ts'

/** Until the server answers again, what was edited waits here and is tried anew. */
const TRY_AGAIN_MS = 2000

type LabelDocument = TrackDocument['labels'][number]

export const toLabel = ({ label_value, start_beat, end_beat, source }: LabelDocument): Label => ({
  kind: label_value,
  startBeat: start_beat,
  endBeat: end_beat,
  source: source as Label['source'],
})

/**
 * Saves whatever the desk holds, one request at a time, the newest state last. Where someone else changed the labels meanwhile, the
 * last gesture is done again on theirs. @returns saves now; `close` ends it
 */
export const createAutosave = (
  desk: DeskStore,
): { readonly save: (last: Edit) => void; readonly close: () => void } => {
  let isSending = false
  let isClosed = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastEdit: Edit = (labels) => labels

  const send = async (): Promise<void> => {
    if (isSending || isClosed) return
    isSending = true
    const { trackId, history, revision } = desk.getState()
    const sent = history.present
    desk.setState({ saving: 'saving' })
    try {
      const { labels_revision } = await client.replaceLabels({
        params: { id: trackId },
        body: {
          revision,
          labels: sent.map(({ kind, startBeat, endBeat, source }) => ({
            label_value: kind,
            start_beat: startBeat,
            end_beat: endBeat,
            source,
          })),
        },
      })
      isSending = false
      desk.setState({ revision: labels_revision })
      if (desk.getState().history.present === sent) desk.setState({ saving: 'saved' })
      else void send()
    } catch (error) {
      isSending = false
      await recover(error)
    }
  }

  const recover = async (error: unknown): Promise<void> => {
    if (!(error instanceof ApiProblem)) {
      desk.setState({ saving: 'waiting' })
      timer = setTimeout(() => void send(), TRY_AGAIN_MS)
      return
    }
    const { trackId } = desk.getState()
    const current = await client.track({ params: { id: trackId } })
    const theirs = current.labels.map(toLabel)
    adopt(desk, theirs, current.labels_revision)
    if (error.problem.code !== 'LABELS_CHANGED') return notifyProblem(error)
    const again = lastEdit(theirs)
    notify({
      tone: 'plain',
      title: 'The labels of this track were changed elsewhere',
      detail: 'Your last edit was made again on the newer labels; undo leads back.',
    })
    if (again === theirs) return
    adopt(desk, again, current.labels_revision)
    void send()
  }

  return {
    save: (edit) => {
      lastEdit = edit
      clearTimeout(timer)
      void send()
    },
    close: () => {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
