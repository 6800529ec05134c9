import { client } from '../queries/client.ts'
import type { TrackRow } from '../queries/use-tracks.ts'
import { notify, notifyProblem } from '../shell/notices.tsx'
import { changeFilters, NO_FILTERS } from './library-state.ts'

/** What was asked for shows up in the job tray; what was refused is told. */
const inTray = (started: Promise<unknown>): Promise<void> => started.then(() => {}, notifyProblem)

/** "1 track", "12 tracks". */
export const countText = (count: number, one = 'track', many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`

export const scanAgain = (): Promise<void> => inTray(client.scan({ body: {} }))

/** Grids that a person has edited stay as they are. */
export const analyseAgain = (trackIds: readonly number[]): Promise<void> =>
  inTray(client.analyse({ body: { track_ids: [...trackIds], new_grids: true } }))

export const readSectionsAgain = (trackIds: readonly number[]): Promise<void> =>
  inTray(client.classify({ body: { track_ids: [...trackIds] } }))

/** How far the tempo control of a deck usually reaches without the ear minding, in percent. */
export const MIX_PERCENT = 6

/** Lists what mixes with a track: tempo within reach, keys beside its key on the wheel. */
export const listMixable = ({ title, tempo_bpm, camelot }: TrackRow): void => {
  if (tempo_bpm === null && camelot === null) {
    notify({ tone: 'plain', title: 'Not known yet', detail: `${title} has neither tempo nor key: analyse it first.` })
    return
  }
  changeFilters({
    ...NO_FILTERS,
    bpm: tempo_bpm === null ? '' : tempo_bpm.toFixed(1),
    bpmPercent: MIX_PERCENT,
    compatibleWith: camelot ?? '',
  })
}
