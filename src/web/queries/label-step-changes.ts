import type { QueryClient } from '@tanstack/react-query'
import { client } from '../kit/client.ts'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { refreshAfter } from './make-stale.ts'

type Changed = Parameters<typeof refreshAfter>[1]

/** Takes a step back and says so. */
const undoStep = async (queries: QueryClient, id: number, changed: Changed): Promise<void> => {
  try {
    const { says } = await client.undoLabelStep({ params: { id } })
    notify({ tone: 'plain', title: 'Taken back', detail: says })
    await refreshAfter(queries, changed)
  } catch (error) {
    notifyProblem(error)
  }
}

/** Makes a step, and says how to take it back. @param changed what it changes */
export const makeStep = async (
  queries: QueryClient,
  step: Promise<{ readonly step_id: number; readonly says: string }>,
  changed: Changed = 'labels',
): Promise<void> => {
  try {
    const { step_id, says } = await step
    notify({
      tone: 'plain',
      title: says,
      action: { name: 'Take back', run: () => void undoStep(queries, step_id, changed) },
    })
    await refreshAfter(queries, changed)
  } catch (error) {
    notifyProblem(error)
  }
}

/** Takes back what was done last, also before this page was opened. */
export const undoLastStep = async (queries: QueryClient): Promise<void> => {
  try {
    const last = (await client.labelSteps()).find(({ undone_at }) => undone_at === null)
    if (last === undefined) notify({ tone: 'plain', title: 'Nothing to take back' })
    else await undoStep(queries, last.id, 'labels')
  } catch (error) {
    notifyProblem(error)
  }
}
