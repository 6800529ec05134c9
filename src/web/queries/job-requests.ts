import { client } from '../kit/client.ts'
import { notifyProblem } from '../kit/notices.tsx'

/** A job that was asked for shows up in the job tray; a refusal is told. */
const inTray = (started: Promise<unknown>): Promise<void> => started.then(() => {}, notifyProblem)

export const scanAgain = (): Promise<void> => inTray(client.scan({ body: {} }))

/** Grids that a person has edited stay as they are. */
export const analyseAgain = (trackIds: readonly number[]): Promise<void> =>
  inTray(client.analyse({ body: { track_ids: [...trackIds], new_grids: true } }))

export const readSectionsAgain = (trackIds: readonly number[]): Promise<void> =>
  inTray(client.classify({ body: { track_ids: [...trackIds] } }))
