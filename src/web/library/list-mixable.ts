import { foldTempo } from '../../core/library/fold-tempo.ts'
import { notify } from '../kit/notices.tsx'
import { useDisplay } from '../kit/words/display.ts'
import type { TrackRow } from '../queries/use-tracks.ts'
import { changeFilters } from './library-state.ts'
import { NO_FILTERS } from './list-filters.ts'

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
    bpm: tempo_bpm === null ? '' : foldTempo(tempo_bpm, useDisplay.getState().bpmRangeFrom).toFixed(1),
    bpmPercent: MIX_PERCENT,
    compatibleWith: camelot ?? '',
  })
}
