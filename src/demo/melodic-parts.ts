import type { Random } from '../core/support/random.ts'
import { chance, pick, randomFor } from './draw.ts'
import { swungBeat } from './drum-parts.ts'
import type { ChordVoice } from './genre.ts'
import { parsePattern } from './grooves.ts'
import { type Chord, degreeToSemitones, voiceChord } from './harmony.ts'
import type { NoteEvent } from './score.ts'
import type { LayerPlan, SectionPlan } from './section-plan.ts'
import type { TrackPlan } from './track-plan.ts'

const CHORD_RHYTHMS: Readonly<Record<ChordVoice, readonly string[]>> = {
  stab: ['..x...x...x...x.', 'x..x..x...x.....', '...x..x....x..x.', 'x-....x-....x-..', '......x-......x.'],
  organ: ['x-..x-..x-..x-..', '..x-..x-..x-..x-', 'x--x--x-x--x--x-'],
  supersaw: ['x---------------', 'x-x-x-x-x-x-x-x-', 'x--x--x--x--x-x-', 'x-------x-------'],
  'electric-piano': ['x-------x-----x-', 'x-----x---------', 'x---..x---..x---'],
}
const HELD = 'x---------------'
const LONG_BASS = 'R---------------'

type Theme = {
  readonly plan: TrackPlan
  readonly chordRhythm: string
  /** Indices into the chord's notes, cycled sixteenth by sixteenth; null rests. */
  readonly arp: readonly (number | null)[]
  /** A phrase of four bars; degrees are scale steps above the tonic. */
  readonly lead: readonly { readonly step: number; readonly steps: number; readonly degree: number }[]
}

const drawArp = (random: Random): Theme['arp'] => {
  const order = pick(
    [
      [0, 1, 2, 3],
      [0, 2, 1, 3],
      [3, 2, 1, 0],
      [0, 1, 2, 1],
      [0, 3, 1, 3],
    ],
    random,
  )
  const density = pick([1, 0.8, 0.6], random)
  return Array.from({ length: 16 }, (_, step) => (chance(density, random) ? order[step % order.length]! : null))
}

/** Two bars that walk by small steps around the chord tones, repeated with another ending that comes home to the tonic. */
const drawLead = (random: Random): Theme['lead'] => {
  const motif: { step: number; steps: number; degree: number }[] = []
  let degree = pick([0, 2, 4, 4], random)
  for (let step = pick([0, 0, 2], random); step < 28; ) {
    const steps = pick([2, 2, 3, 3, 4, 6], random)
    motif.push({ step, steps: Math.min(steps, 32 - step), degree })
    step += steps + (chance(0.2, random) ? 2 : 0)
    degree = Math.max(-2, Math.min(7, degree + pick([-2, -1, -1, 1, 1, 2, 0], random)))
  }
  const answer = motif.map((note, index) => ({
    step: note.step + 32,
    steps: note.steps,
    degree: index === motif.length - 1 ? 0 : note.degree,
  }))
  return [...motif, ...answer]
}

const drawTheme = (plan: TrackPlan): Theme => {
  const random = randomFor(plan.seed, `${plan.genre} theme`)
  return {
    plan,
    chordRhythm: pick(CHORD_RHYTHMS[plan.sounds.chord], random),
    arp: drawArp(random),
    lead: drawLead(random),
  }
}

/** The harmony begins anew with every section. */
const chordAt = (plan: TrackPlan, section: SectionPlan, beat: number): Chord => {
  const since = beat - firstBar(plan, section)
  const early = plan.anticipated && since > 0.5 ? 0.5 : 0
  const index = Math.floor(Math.max(0, since + early) / plan.chordBeats)
  return plan.chords[index % plan.chords.length]!
}

/** A pick-up belongs to the first section, but its bars count from the first bar line. */
const firstBar = (plan: TrackPlan, section: SectionPlan): number => Math.max(section.startBeat, plan.firstDownbeat)

const BASS_CENTRE_MIDI = 36
const symbolSemitones = (theme: Theme, chord: Chord, symbol: string): number =>
  symbol === 'o'
    ? 12
    : symbol === 'f'
      ? degreeToSemitones(theme.plan.key.mode, chord.degree + 4) - chord.notes[0]!
      : symbol === 's'
        ? degreeToSemitones(theme.plan.key.mode, chord.degree + 6) - chord.notes[0]!
        : 0

type Scene = {
  readonly theme: Theme
  readonly section: SectionPlan
  readonly layer: LayerPlan
  readonly endBeat: number
}

/** Repeats a bar of sixteenths over the layer's window; notes are cut at its end. */
const repeatPattern = (
  { theme, section, layer, endBeat }: Scene,
  pattern: string,
  toNote: (chord: Chord, symbol: string) => Pick<NoteEvent, 'part' | 'midi' | 'velocity'>,
): NoteEvent[] => {
  const notes: NoteEvent[] = []
  const parsed = parsePattern(pattern)
  for (let bar = layer.startBeat; bar < endBeat; bar += pattern.length / 4) {
    for (const { step, steps, symbol } of parsed) {
      const beat = bar + step / 4
      if (beat >= endBeat) break
      const beats = Math.min(steps / 4, endBeat - beat)
      const note = toNote(chordAt(theme.plan, section, beat), symbol)
      notes.push({ ...note, beat: swungBeat(theme.plan, beat), beats, gainDb: layer.gainDb })
    }
  }
  return notes
}

const playBass = (scene: Scene): NoteEvent[] => {
  const { theme, section } = scene
  const { sounds, key } = theme.plan
  const pattern = section.kind === 'break' ? LONG_BASS : sounds.bassPattern
  return repeatPattern(scene, pattern, (chord, symbol) => {
    const [root] = voiceChord({ ...chord, notes: [chord.notes[0]!] }, key.tonic, BASS_CENTRE_MIDI)
    return {
      part: 'bass',
      midi: [root! + symbolSemitones(theme, chord, symbol)],
      velocity: symbol === 'R' ? 0.85 : 0.7,
    }
  })
}

const playChords = (scene: Scene): NoteEvent[] => {
  const { theme, section } = scene
  const pattern = section.kind === 'break' || section.kind === 'build' ? HELD : theme.chordRhythm
  return repeatPattern(scene, pattern, (chord) => ({
    part: 'chords',
    midi: voiceChord(chord, theme.plan.key.tonic, 60),
    velocity: section.kind === 'verse' ? 0.6 : 0.85,
  }))
}

const playPad = ({ theme, section, layer, endBeat }: Scene): NoteEvent[] => {
  const { plan } = theme
  const notes: NoteEvent[] = []
  const lengthBeats = Math.min(plan.chordBeats, 16)
  for (let beat = layer.startBeat; beat < endBeat; beat += lengthBeats) {
    const chord = chordAt(plan, section, beat)
    const beats = Math.min(lengthBeats, endBeat - beat)
    notes.push({
      part: 'pad',
      beat,
      beats,
      midi: voiceChord(chord, plan.key.tonic, 62),
      velocity: 0.8,
      gainDb: layer.gainDb,
    })
  }
  return notes
}

const playArp = ({ theme, section, layer, endBeat }: Scene): NoteEvent[] => {
  const { plan, arp } = theme
  const notes: NoteEvent[] = []
  for (let step = 0; layer.startBeat + step / 4 < endBeat; step++) {
    const tone = arp[step % arp.length]!
    if (tone === null) continue
    const beat = layer.startBeat + step / 4
    const voiced = voiceChord(chordAt(plan, section, beat), plan.key.tonic, 69)
    const midi = voiced[tone % voiced.length]! + 12 * Math.floor(tone / voiced.length)
    const velocity = step % 4 === 0 ? 0.9 : 0.65
    notes.push({ part: 'arp', beat: swungBeat(plan, beat), beats: 0.22, midi: [midi], velocity, gainDb: layer.gainDb })
  }
  return notes
}

const playLead = ({ theme, layer, endBeat }: Scene): NoteEvent[] => {
  const { plan, lead } = theme
  const notes: NoteEvent[] = []
  for (let phrase = layer.startBeat; phrase < endBeat; phrase += 16) {
    for (const { step, steps, degree } of lead) {
      const beat = phrase + step / 4
      if (beat >= endBeat) break
      const midi = 72 + ((plan.key.tonic + 6) % 12) - 6 + degreeToSemitones(plan.key.mode, degree)
      const beats = Math.min(steps / 4, endBeat - beat)
      notes.push({
        part: 'lead',
        beat: swungBeat(plan, beat),
        beats,
        midi: [midi],
        velocity: 0.8,
        gainDb: layer.gainDb,
      })
    }
  }
  return notes
}

const players: Readonly<Partial<Record<LayerPlan['layer'], (scene: Scene) => NoteEvent[]>>> = {
  bass: playBass,
  chords: playChords,
  pad: playPad,
  arp: playArp,
  lead: playLead,
}

export const composeNotes = (plan: TrackPlan): readonly NoteEvent[] => {
  const theme = drawTheme(plan)
  return plan.sections.flatMap((section) =>
    section.layers.flatMap((layer) => {
      const endBeat = Math.min(layer.endBeat, section.endBeat - section.gapBeats)
      return players[layer.layer]?.({ theme, section, layer, endBeat }) ?? []
    }),
  )
}
