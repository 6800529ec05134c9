import { expect, test } from 'vitest'
import { composeScore } from './compose-score.ts'
import { GENRES } from './genre.ts'
import { scalePitchClasses } from './harmony.ts'
import type { NoteEvent } from './score.ts'
import { planTrack } from './track-plan.ts'

const beatsPerPitchClass = (notes: readonly NoteEvent[]): readonly number[] => {
  const beats = new Array<number>(12).fill(0)
  for (const note of notes) for (const midi of note.midi) beats[((midi % 12) + 12) % 12]! += note.beats
  return beats
}

test.each(GENRES)('%s: every note and syllable lies in the scale of the key', (genre) => {
  for (const seed of [1, 2, 3, 4]) {
    const plan = planTrack(seed, genre)
    const { notes, syllables } = composeScore(plan)
    const scale = scalePitchClasses(plan.key)
    const pitches = [...notes.flatMap(({ midi }) => midi), ...syllables.map(({ midi }) => midi)]
    expect(pitches.length).toBeGreaterThan(100)
    for (const midi of pitches) expect(scale).toContain(((midi % 12) + 12) % 12)
  }
})

test.each(GENRES)('%s: the bass dwells on the tonic more than on any other note', (genre) => {
  for (const seed of [1, 2, 3, 4]) {
    const plan = planTrack(seed, genre)
    const beats = beatsPerPitchClass(composeScore(plan).notes.filter(({ part }) => part === 'bass'))
    expect(beats.indexOf(Math.max(...beats))).toBe(plan.key.tonic)
  }
})

test('nothing but tails sounds outside of the beats of the track', () => {
  for (const genre of GENRES) {
    const plan = planTrack(9, genre)
    const last = plan.sections.at(-1)!.endBeat
    const score = composeScore(plan)
    for (const { beat } of [...score.notes, ...score.hits, ...score.syllables, ...score.effects]) {
      expect(beat).toBeGreaterThan(-0.01)
      expect(beat).toBeLessThan(last)
    }
  }
})

test('drops have kick, bass and snare; verses and choruses are sung', () => {
  for (const genre of GENRES) {
    const plan = planTrack(11, genre)
    const score = composeScore(plan)
    for (const { kind, startBeat, endBeat } of plan.sections) {
      const inside = ({ beat }: { readonly beat: number }): boolean => beat >= startBeat && beat < endBeat
      if (['drop', 'chorus', 'verse'].includes(kind)) {
        expect(score.hits.filter(inside).some(({ bus }) => bus === 'kick')).toBe(true)
        expect(score.hits.filter(inside).some(({ bus }) => bus === 'drums')).toBe(true)
        expect(score.notes.filter(inside).some(({ part }) => part === 'bass')).toBe(true)
      }
      if (kind === 'verse' || kind === 'chorus') expect(score.syllables.some(inside)).toBe(true)
    }
  }
})
