import type { PlanarAudio } from '../core/audio/audio.ts'
import { beatPeriod } from '../core/units/units.ts'
import { playBass } from './bass-voices.ts'
import { playChord, playLead, playPad } from './chord-voices.ts'
import type { Clip } from './clip.ts'
import { composeScore } from './compose-score.ts'
import { randomFor } from './draw.ts'
import { type DrumKit, stretchDrum } from './drum-kit.ts'
import { synthDrums } from './drum-voices.ts'
import { masterTrack } from './mastering.ts'
import { mixSession, type PlacedClip, type PlacedSweep } from './mixer.ts'
import { DEMO_SAMPLE_RATE_HZ, midiToHertz } from './oscillator.ts'
import type { EffectEvent, HitEvent, NoteEvent, SyllableEvent } from './score.ts'
import type { BusName } from './section-plan.ts'
import { playAtmosphere, playDownlifter, playImpact, playRiser } from './sweep-voices.ts'
import type { TrackPlan } from './track-plan.ts'
import { singSyllable } from './vocal-voice.ts'

/*
 * Peak level of each voice in the mix in dB, every clip being scaled to a peak of 1. Set by ear and by comparing band levels
 * per section kind with the public corpus (decision 0005).
 */
const NOTE_DB: Readonly<Record<NoteEvent['part'], number>> = { bass: -8, pad: -7, chords: -7, arp: -11, lead: -9 }
const HIT_DB: Readonly<Record<HitEvent['bus'], number>> = { kick: -4, drums: -7, tops: -14 }
const SYLLABLE_DB = -8
const EFFECT_DB: Readonly<Record<EffectEvent['effect'], number>> = {
  riser: -17,
  downlifter: -14,
  impact: -8,
  atmosphere: -34,
}
/** Echoes of lead, arpeggio and voice, a dotted eighth apart. */
const ECHO_DB = [-11, -18]
const ECHO_BEATS = 0.75
/** Mono: half the time and half the disk of stereo, and every analysis here works on the mono mix. */
export const RENDERED_CHANNELS = 1
/** The sound after the last beat: tails of notes and of the reverb. */
const TAIL_S = 1.5

const toGain = (decibels: number): number => 10 ** (decibels / 20)

type Studio = {
  readonly plan: TrackPlan
  readonly kit: DrumKit
  readonly sampleAt: (beat: number) => number
  readonly beatSeconds: number
  /** Clips by what they depend on: dance music repeats itself, so most notes are made once. */
  readonly clip: (name: string, make: () => Clip) => Clip
}

const createStudio = (plan: TrackPlan, kit: DrumKit): Studio => {
  const clips = new Map<string, Clip>()
  const beatSeconds = beatPeriod(plan.bpm)
  return {
    plan,
    kit,
    beatSeconds,
    sampleAt: (beat) => Math.round((plan.firstBeatSeconds + beat * beatSeconds) * DEMO_SAMPLE_RATE_HZ),
    clip: (name, make) => {
      const known = clips.get(name)
      if (known !== undefined) return known
      const made = make()
      clips.set(name, made)
      return made
    },
  }
}

const placeHit = (studio: Studio, hit: HitEvent): PlacedClip => {
  const clip = studio.clip(`drum ${hit.drum}`, () => {
    const synth = synthDrums[hit.drum]
    if (synth !== undefined) return synth(randomFor(studio.plan.seed, hit.drum))
    const samples = studio.kit.get(hit.drum)
    if (samples === undefined) throw new Error(`drum kit lacks ${hit.drum}`)
    return hit.drum.startsWith('loop_') ? stretchDrum(samples, 4 * studio.beatSeconds) : samples
  })
  const gain = hit.velocity * toGain(HIT_DB[hit.bus] + hit.gainDb)
  return { bus: hit.bus, start: Math.max(0, studio.sampleAt(hit.beat)), clip, gain }
}

const noteClip = (studio: Studio, note: NoteEvent): Clip => {
  const { plan, beatSeconds } = studio
  const { sounds } = plan
  const name = `${note.part} ${note.midi} ${note.beats.toFixed(3)} ${note.velocity}`
  return studio.clip(name, () => {
    const hertz = note.midi.map((midi) => midiToHertz(midi, plan.tuningCents))
    const shared = {
      seconds: note.beats * beatSeconds,
      brightness: sounds.brightness,
      beatSeconds,
      velocity: note.velocity,
    }
    switch (note.part) {
      case 'bass':
        return playBass(sounds.bass, { ...shared, hertz: hertz[0]! })
      case 'pad':
        return playPad({ ...shared, hertz })
      case 'chords':
        return playChord(sounds.chord, { ...shared, hertz })
      case 'arp':
        return playLead('pluck', { ...shared, hertz })
      case 'lead':
        return playLead(sounds.lead, { ...shared, hertz })
    }
  })
}

const withEchoes = (studio: Studio, placed: PlacedClip): PlacedClip[] => [
  placed,
  ...ECHO_DB.map((echoDb, index) => ({
    ...placed,
    start: placed.start + Math.round((index + 1) * ECHO_BEATS * studio.beatSeconds * DEMO_SAMPLE_RATE_HZ),
    gain: placed.gain * toGain(echoDb),
  })),
]

const placeNote = (studio: Studio, note: NoteEvent): PlacedClip[] => {
  const bus: BusName = note.part === 'bass' ? 'bass' : 'music'
  const gain = note.velocity * toGain(NOTE_DB[note.part] + note.gainDb)
  const placed = { bus, start: studio.sampleAt(note.beat), clip: noteClip(studio, note), gain }
  return note.part === 'lead' || note.part === 'arp' ? withEchoes(studio, placed) : [placed]
}

const placeSyllable = (studio: Studio, syllable: SyllableEvent): PlacedClip[] => {
  const { plan, beatSeconds } = studio
  const name = `voice ${syllable.midi} ${syllable.vowel} ${syllable.sibilant} ${syllable.beats.toFixed(3)}`
  const clip = studio.clip(name, () =>
    singSyllable(
      {
        hertz: midiToHertz(syllable.midi, plan.tuningCents),
        seconds: syllable.beats * beatSeconds,
        vowel: syllable.vowel,
        sibilant: syllable.sibilant,
      },
      randomFor(plan.seed, name),
    ),
  )
  const gain = toGain(SYLLABLE_DB + syllable.gainDb)
  return withEchoes(studio, { bus: 'vocal', start: studio.sampleAt(syllable.beat), clip, gain })
}

const placeEffect = (studio: Studio, event: EffectEvent): PlacedClip => {
  const seconds = event.beats * studio.beatSeconds
  const random = randomFor(studio.plan.seed, `${event.effect} ${event.beat}`)
  const clip =
    event.effect === 'riser'
      ? playRiser(seconds, random)
      : event.effect === 'downlifter'
        ? playDownlifter(seconds, random)
        : event.effect === 'impact'
          ? playImpact(random)
          : playAtmosphere(seconds, random)
  return {
    bus: 'fx',
    start: studio.sampleAt(event.beat),
    clip,
    gain: toGain(EFFECT_DB[event.effect] + event.gainDb),
  }
}

const placeSweeps = ({ plan, sampleAt }: Studio): PlacedSweep[] =>
  plan.sections.flatMap(({ sweeps }) =>
    sweeps.map(({ bus, control, from, to, startBeat, endBeat }) => ({
      bus,
      control,
      from,
      to,
      start: sampleAt(startBeat),
      end: sampleAt(endBeat),
    })),
  )

/** The length of a rendered track, tail included. */
export const trackSamples = (plan: TrackPlan): number =>
  Math.round(
    (plan.firstBeatSeconds + plan.sections.at(-1)!.endBeat * beatPeriod(plan.bpm) + TAIL_S) * DEMO_SAMPLE_RATE_HZ,
  )

/** Renders a plan to one plane at 44.1 kHz; the kit holds at least `drumNames(plan)`. The same arguments give the same samples. */
export const renderTrack = (plan: TrackPlan, kit: DrumKit): PlanarAudio => {
  const studio = createStudio(plan, kit)
  const score = composeScore(plan)
  const hits = score.hits.map((hit) => placeHit(studio, hit))
  const mixed = mixSession({
    lengthSamples: trackSamples(plan),
    clips: [
      ...hits,
      ...score.notes.flatMap((note) => placeNote(studio, note)),
      ...score.syllables.flatMap((syllable) => placeSyllable(studio, syllable)),
      ...score.effects.map((effect) => placeEffect(studio, effect)),
    ],
    sweeps: placeSweeps(studio),
    busDb: plan.mix.busDb,
    kickStarts: hits
      .filter(({ bus }) => bus === 'kick')
      .map(({ start }) => start)
      .sort((a, b) => a - b),
    pumpDepth: plan.mix.pumpDepth,
    pumpSamples: plan.mix.pumpBeats * studio.beatSeconds * DEMO_SAMPLE_RATE_HZ,
    reverbSeconds: plan.mix.reverbSeconds,
  })
  masterTrack(mixed, plan.mix, randomFor(plan.seed, 'noise'))
  return { planes: [mixed], sampleRate: DEMO_SAMPLE_RATE_HZ }
}
