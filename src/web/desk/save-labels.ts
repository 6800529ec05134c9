import { ApiProblem } from '../../api/contract/client.ts'
import type { Label } from '../../core/labels/label.ts'
import { UserError } from '../../core/support/user-error.ts'
import { client } from '../kit/client.ts'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { askTrack, type TrackDocument } from '../queries/use-track.ts'
import { adopt, type DeskStore } from './desk-store.ts'
import type { Edit } from './label-edits.ts'

/** Edits wait here and are tried again until the server answers. */
const TRY_AGAIN_MS = 2000

type LabelDocument = TrackDocument['labels'][number]

export const toLabel = ({ label_value, start_beat, end_beat, source }: LabelDocument): Label => ({
  kind: label_value,
  startBeat: start_beat,
  endBeat: end_beat,
  source: source as Label['source'],
})

const toDocument = ({ kind, startBeat, endBeat, source }: Label) => ({
  label_value: kind,
  start_beat: startBeat,
  end_beat: endBeat,
  source,
})

/**
 * Saves whatever the desk holds, one request at a time, the newest state last. If someone else changed the labels meanwhile, every
 * edit that the server has not confirmed is made again on theirs. Saving goes on after the desk is closed, until all is saved.
 * @returns to be called after each edit
 */
export const createAutosave = (desk: DeskStore): ((edit: Edit) => void) => {
  /** Not confirmed yet, oldest first. */
  let pending: readonly Edit[] = []
  let isBusy = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const send = async (): Promise<void> => {
    const { trackId, history, revision } = desk.getState()
    const count = pending.length
    const { labels_revision } = await client.replaceLabels({
      params: { id: trackId },
      body: { revision, labels: history.present.map(toDocument) },
    })
    pending = pending.slice(count)
    desk.setState({ revision: labels_revision, knownAt: performance.now() })
  }

  const makeAgainOn = (theirs: readonly Label[]): readonly Label[] =>
    pending.reduce((labels, edit) => {
      try {
        return edit(labels)
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        return labels
      }
    }, theirs)

  const takeTheirs = async ({ problem }: ApiProblem): Promise<void> => {
    const current = await askTrack(desk.getState().trackId)
    const theirs = current.labels.map(toLabel)
    const isNew = adopt(desk, theirs, current)
    // If nothing is new, the answer to an earlier save was lost on its way.
    const mine = isNew && problem.code === 'LABELS_CHANGED' ? makeAgainOn(theirs) : theirs
    if (isNew && problem.code === 'LABELS_CHANGED')
      notify({
        tone: 'plain',
        title: 'The labels of this track were changed elsewhere',
        detail: `${pending.length === 1 ? 'Your last edit was' : `Your last ${pending.length} edits were`} made again on the newer labels; undo leads back.`,
      })
    if (mine === theirs || !adopt(desk, mine, current)) pending = []
  }

  const saveAll = async (): Promise<void> => {
    if (isBusy) return
    isBusy = true
    clearTimeout(timer)
    desk.setState({ saving: 'saving' })
    try {
      while (pending.length > 0)
        await send().catch(async (error: unknown) => {
          if (!(error instanceof ApiProblem)) throw error
          await takeTheirs(error)
          if (error.problem.code !== 'LABELS_CHANGED') notifyProblem(error)
        })
      desk.setState({ saving: 'saved' })
    } catch {
      desk.setState({ saving: 'waiting' })
      timer = setTimeout(() => void saveAll(), TRY_AGAIN_MS)
    } finally {
      isBusy = false
    }
  }

  return (edit) => {
    pending = [...pending, edit]
    void saveAll()
  }
}
