import type { TempoHabit } from '../../core/beats/tempo-habit.ts'
import { tempoRange } from '../../core/library/fold-tempo.ts'
import { foldText } from '../../core/library/search-text.ts'
import type { Track } from '../../core/library/track.ts'
import type { Store } from '../../platform/store/store.ts'

/** What was settled in other genres says something as well, for a person's music is of a piece. */
const OTHER_GENRE = 0.2

/** What the person has said of tempi up to now: by edits of grids, most of all in the genre of the track, and by the BPM range. */
export const tempoHabits = (store: Store): ((track: Track) => TempoHabit) => {
  const settled = store.grids.settledTempi()
  const { bpmRangeFrom } = store.settings.all()
  const range = bpmRangeFrom > 0 ? tempoRange(bpmRangeFrom) : null
  return ({ tags: { genre } }) => {
    const own = genre === null ? null : foldText(genre)
    const weighted = settled.map(({ bpm, genre: theirs }) => ({
      bpm,
      weight: own !== null && own === theirs ? 1 : OTHER_GENRE,
    }))
    return { settled: weighted, range }
  }
}
