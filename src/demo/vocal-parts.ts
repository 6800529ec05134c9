import type { Random } from '../core/support/random.ts'
import { chance, pick, randomFor } from './draw.ts'
import { swungBeat } from './drum-parts.ts'
import { degreeToSemitones } from './harmony.ts'
import type { SyllableEvent } from './score.ts'
import type { LayerPlan, SectionPlan } from './section-plan.ts'
import type { TrackPlan } from './track-plan.ts'
import { VOWELS, type Vowel } from './vocal-voice.ts'

type LineNote = {
  readonly step: number
  readonly steps: number
  /** Scale steps above the tonic. */
  readonly degree: number
  readonly vowel: Vowel
  readonly sibilant: boolean
}

type Line = { readonly bars: number; readonly notes: readonly LineNote[] }

const syllable = (random: Random): Pick<LineNote, 'vowel' | 'sibilant'> => ({
  vowel: pick(VOWELS, random),
  sibilant: chance(0.25, random),
})

/** Speech-like: short notes in a narrow range, a breath at the end of the line. */
const drawVerseLine = (random: Random): Line => {
  const notes: LineNote[] = []
  let degree = pick([0, 1, 2], random)
  for (let step = pick([0, 2, 4], random); step < 26; ) {
    const steps = pick([1, 2, 2, 2, 3, 4], random)
    notes.push({ step, steps, degree, ...syllable(random) })
    step += steps + (chance(0.15, random) ? 1 : 0)
    degree = Math.max(-2, Math.min(4, degree + pick([-1, 0, 0, 1], random)))
  }
  return { bars: 2, notes }
}

/** Sung: long notes, higher, a shape that is easy to remember. */
const drawHook = (random: Random): Line => {
  const half: LineNote[] = []
  let degree = pick([4, 4, 7, 2], random)
  for (let step = 0; step < 28; ) {
    const steps = pick([4, 4, 6, 8, 3], random)
    half.push({ step, steps: Math.min(steps, 30 - step), degree, ...syllable(random) })
    step += steps + (chance(0.2, random) ? 2 : 0)
    degree = Math.max(2, Math.min(9, degree + pick([-2, -1, 1, 2, 2, -1], random)))
  }
  const answer = half.map((note, index) => ({
    ...note,
    step: note.step + 32,
    degree: index === half.length - 1 ? 0 : note.degree,
  }))
  return { bars: 4, notes: [...half, ...answer] }
}

/** One syllable cut up and thrown about, as in instrumental drops. */
const drawChops = (random: Random): Line => {
  const sound = syllable(random)
  const steps = [0, 3, 6, 10, 12, 14].filter(() => chance(0.6, random))
  return { bars: 1, notes: steps.map((step) => ({ step, steps: 1, degree: pick([0, 2, 4], random), ...sound })) }
}

type Lyrics = {
  readonly verse: readonly Line[]
  readonly hook: Line
  readonly chops: Line
  readonly registerMidi: number
}

const drawLyrics = (random: Random): Lyrics => ({
  verse: Array.from({ length: 4 }, () => drawVerseLine(random)),
  hook: drawHook(random),
  chops: drawChops(random),
  registerMidi: pick([50, 55, 60], random),
})

const singLine = (
  { plan, lyrics, layer, endBeat }: { plan: TrackPlan; lyrics: Lyrics; layer: LayerPlan; endBeat: number },
  line: Line,
  at: { readonly beat: number; readonly harmony: boolean },
): SyllableEvent[] =>
  line.notes.flatMap((note): SyllableEvent[] => {
    const beat = at.beat + note.step / 4
    if (beat >= endBeat) return []
    const tonic = lyrics.registerMidi + ((((plan.key.tonic - lyrics.registerMidi) % 12) + 18) % 12) - 6
    const lead = {
      beat: swungBeat(plan, beat),
      beats: Math.min((note.steps * 0.92) / 4, endBeat - beat),
      midi: tonic + degreeToSemitones(plan.key.mode, note.degree),
      vowel: note.vowel,
      sibilant: note.sibilant,
      gainDb: layer.gainDb,
    }
    if (!at.harmony) return [lead]
    const third = {
      ...lead,
      midi: tonic + degreeToSemitones(plan.key.mode, note.degree + 2),
      sibilant: false,
      gainDb: layer.gainDb - 7,
    }
    return [lead, third, { ...third, beat: lead.beat + 0.02 }]
  })

const singLayer = (plan: TrackPlan, lyrics: Lyrics, section: SectionPlan, layer: LayerPlan): SyllableEvent[] => {
  const endBeat = Math.min(layer.endBeat, section.endBeat - section.gapBeats)
  const lines = section.kind === 'chorus' ? [lyrics.hook] : section.kind === 'drop' ? [lyrics.chops] : lyrics.verse
  const sung: SyllableEvent[] = []
  for (let beat = layer.startBeat, index = 0; beat < endBeat; index++) {
    const line = lines[index % lines.length]!
    sung.push(...singLine({ plan, lyrics, layer, endBeat }, line, { beat, harmony: section.kind === 'chorus' }))
    beat += line.bars * 4
  }
  return sung
}

export const composeVocals = (plan: TrackPlan): readonly SyllableEvent[] => {
  const lyrics = drawLyrics(randomFor(plan.seed, `${plan.genre} lyrics`))
  return plan.sections.flatMap((section) =>
    section.layers.filter(({ layer }) => layer === 'vocal').flatMap((layer) => singLayer(plan, lyrics, section, layer)),
  )
}
