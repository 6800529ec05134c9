import { notify } from '../kit/notices.tsx'
import type { TrackRow } from '../queries/use-tracks.ts'
import { changeFilters, NO_FILTERS } from './library-state.ts'

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
