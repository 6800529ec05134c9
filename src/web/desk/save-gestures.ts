import { ApiProblem } from '../../api/operations/client.ts'
import type { Label } from '../../core/labels/label.ts'
import { UserError } from '../../core/support/user-error.ts'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { askTrack, type TrackDocument } from '../queries/use-track.ts'
import { type Change, type DecisionChange, type LabelsChange, readContent, toDocument } from './desk-changes.ts'
import { areSameLabels, type DeskContent, isSameGrid } from './desk-content.ts'
import { adopt, type DeskStore, labelsOf } from './desk-store.ts'
import { editOnGrid, stepEdit } from './label-edits.ts'

/** Gestures wait here and are tried again until the server answers. */
const TRY_AGAIN_MS = 2000

/** Somebody else came first. */
const CONFLICTS = ['LABELS_CHANGED', 'GRID_CHANGED']

const isDecision = ({ kind }: Change): boolean => kind === 'reject' || kind === 'restore'
const isLabels = (change: Change): change is LabelsChange => change.kind === 'labels'

/** The pending edits once more on other labels, in their order; one that does not fit there is left out. */
const makeAgainOn = (theirs: DeskContent, pending: readonly Change[]): readonly Label[] =>
  pending.filter(isLabels).reduce((labels, { edit, after }) => {
    try {
      return editOnGrid(edit, after.grid, theirs.grid)(labels)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      return labels
    }
  }, theirs.labels)

const knownFrom = ({ labels_revision: revision, askedAt: knownAt }: TrackDocument) => ({ revision, knownAt })

/**
 * Tells the server what is done on the desk, one request at a time, in the order in which it was done. If someone else changed the
 * track meanwhile, every edit of labels that the server has not confirmed is made again on theirs; an edit of a grid that is another by
 * now is not. Saving goes on after the desk is closed, until all is saved.
 * @returns to be called after each gesture
 */
export const createAutosave = (desk: DeskStore, refresh: () => void): ((changes: readonly Change[]) => void) => {
  /** Not confirmed yet, oldest first. */
  let pending: readonly Change[] = []
  let isBusy = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const { trackId } = desk.getState()
  const params = { id: trackId }

  const putLabels = async (labels: readonly Label[], revision: string): Promise<void> => {
    const body = { revision, labels: labels.map(toDocument) }
    const { labels_revision } = await client.replaceLabels({ params, body })
    desk.setState({ revision: labels_revision, knownAt: performance.now() })
  }

  /** The labels went along on the server; where they lie otherwise there than here, here counts. */
  const confirmGrid = async ({ after }: Change): Promise<void> => {
    const current = await askTrack(trackId)
    desk.setState(knownFrom(current))
    const theirs = readContent(current, after.rejected)
    if (!areSameLabels(theirs.labels, after.labels)) await putLabels(after.labels, current.labels_revision)
  }

  const restoreRejected = async ({ ghost }: DecisionChange): Promise<void> => {
    const rejections = await client.listRejections({ params })
    const own = rejections.find(
      ({ kind, start_beat, end_beat }) =>
        kind === ghost.kind && start_beat === ghost.startBeat && end_beat === ghost.endBeat,
    )
    if (own) await client.restoreSuggestion({ params: { id: trackId, rejection: own.id } })
  }

  const sendFirst = async (): Promise<void> => {
    const [first] = pending
    if (first === undefined) return
    let count = 1
    if (first.kind === 'labels') {
      // Of edits in a row only what came of them counts.
      const next = pending.findIndex((change) => !isLabels(change))
      count = next === -1 ? pending.length : next
      await putLabels(pending[count - 1]!.after.labels, desk.getState().revision)
    } else if (first.kind === 'grid') {
      await client.editGrid({ params, body: first.body })
      await confirmGrid(first)
    } else if (first.kind === 'reject')
      await client.rejectSuggestion({ params: { id: trackId, suggestion: first.ghost.id } })
    else await restoreRejected(first)
    pending = pending.slice(count)
    if (first.kind !== 'labels') refresh()
  }

  /** What the server holds comes onto the desk; edits of labels that wait are made again on it. */
  const takeTheirs = async ({ problem }: ApiProblem): Promise<void> => {
    const [failed] = pending
    const current = await askTrack(trackId)
    const { rejected } = desk.getState().history.present
    const theirs = readContent(current, rejected)
    const known = knownFrom(current)
    // The answer to an earlier try was lost on its way.
    if (failed?.kind === 'grid' && isSameGrid(theirs.grid, failed.after.grid)) {
      desk.setState(known)
      await confirmGrid(failed)
      pending = pending.slice(1)
      return
    }
    const isGridNew = failed !== undefined && !isSameGrid(theirs.grid, failed.after.grid)
    const waiting = pending
    const isConflict = CONFLICTS.includes(problem.code)
    const name = isGridNew ? 'grid changed elsewhere' : 'labels changed elsewhere'
    const lastVersion = failed?.kind === 'grid' ? Number(failed.body.version) : failed?.after.gridVersion
    const isNew = adopt(desk, theirs, {
      ...known,
      ...(lastVersion === undefined ? {} : { lastVersion }),
      name: isConflict ? name : 'back to what is saved',
    })
    pending = []
    if (!isNew || !isConflict) return
    pending = waiting.filter(isDecision)
    const edits = waiting.filter(isLabels).length
    const labels = makeAgainOn(theirs, waiting)
    const isGridEditLost = waiting.some(({ kind }) => kind === 'grid')
    notify({
      tone: 'plain',
      title: isGridNew ? 'The beat grid was changed elsewhere' : 'The labels of this track were changed elsewhere',
      detail: [
        isGridEditLost && 'Your grid edit was not applied.',
        edits > 0 &&
          `Your last ${edits === 1 ? 'edit was' : `${countText(edits, 'edit')} were`} made again on the newer labels. Undo takes you back.`,
      ]
        .filter(Boolean)
        .join(' '),
    })
    if (areSameLabels(labels, labelsOf(desk.getState()))) return
    const after = { ...theirs, labels }
    adopt(desk, after, { ...known, name: 'edits made again on the newer labels' })
    pending = [{ kind: 'labels', edit: stepEdit(theirs.labels, labels), after }, ...pending]
  }

  const saveAll = async (): Promise<void> => {
    if (isBusy) return
    isBusy = true
    clearTimeout(timer)
    desk.setState({ saving: 'saving' })
    try {
      while (pending.length > 0)
        await sendFirst().catch(async (error: unknown) => {
          if (!(error instanceof ApiProblem)) throw error
          if (pending[0] && isDecision(pending[0])) {
            pending = pending.slice(1)
            refresh()
          } else await takeTheirs(error)
          if (!CONFLICTS.includes(error.problem.code)) notifyProblem(error)
        })
      desk.setState({ saving: 'saved' })
    } catch {
      desk.setState({ saving: 'waiting' })
      timer = setTimeout(() => void saveAll(), TRY_AGAIN_MS)
    } finally {
      isBusy = false
    }
  }

  return (changes) => {
    pending = [...pending, ...changes]
    void saveAll()
  }
}
