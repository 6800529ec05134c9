import { client } from '../kit/client.ts'
import { noteAsked } from '../kit/jobs/asked-jobs.ts'
import { notifyProblem } from '../kit/notices.tsx'

/** A job that was asked for shows up in the job tray, and its end in a notice; a refusal is told. */
const inTray = (started: Promise<{ readonly job_id: string }>): Promise<void> => started.then(noteAsked, notifyProblem)

export const scanAgain = (): Promise<void> => inTray(client.scan({ body: {} }))

/** Grids that a person has edited stay as they are. */
export const analyseAgain = (trackIds: readonly number[]): Promise<void> =>
  inTray(client.analyse({ body: { track_ids: [...trackIds], new_grids: true } }))

export const readSectionsAgain = (trackIds: readonly number[]): Promise<void> =>
  inTray(client.classify({ body: { track_ids: [...trackIds] } }))
