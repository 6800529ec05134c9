import { composeDrums } from './drum-parts.ts'
import { composeNotes } from './melodic-parts.ts'
import type { EffectEvent, Score } from './score.ts'
import type { TrackPlan } from './track-plan.ts'
import { composeVocals } from './vocal-parts.ts'

const composeEffects = (plan: TrackPlan): readonly EffectEvent[] =>
  plan.sections.flatMap((section) => {
    const effects: EffectEvent[] = section.layers
      .filter(({ layer }) => layer === 'atmosphere')
      .map(({ startBeat, endBeat, gainDb }) => ({
        effect: 'atmosphere',
        beat: startBeat,
        beats: endBeat - startBeat,
        gainDb,
      }))
    if (section.riserBeats > 0) {
      const beats = section.riserBeats - section.gapBeats
      effects.push({ effect: 'riser', beat: section.endBeat - section.riserBeats, beats, gainDb: 0 })
    }
    if (section.entry.includes('downlifter'))
      effects.push({
        effect: 'downlifter',
        beat: section.startBeat,
        beats: Math.min(8, section.endBeat - section.startBeat),
        gainDb: 0,
      })
    if (section.entry.includes('impact'))
      effects.push({ effect: 'impact', beat: section.startBeat, beats: 4, gainDb: 0 })
    return effects
  })

/** Everything a plan makes sound, as notes, hits, syllables and effects on the beat grid. */
export const composeScore = (plan: TrackPlan): Score => ({
  notes: composeNotes(plan),
  hits: composeDrums(plan),
  syllables: composeVocals(plan),
  effects: composeEffects(plan),
})
