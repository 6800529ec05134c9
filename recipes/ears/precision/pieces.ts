/** The music that is heard: recordings and modules of packages, MIDI files rendered, and tracks of the demo's generator. */

import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ANALYSIS_SAMPLE_RATE_HZ, type MonoAudio } from '../../../src/core/audio/audio.ts'
import { resample } from '../../../src/core/audio/resample.ts'
import { composeScore } from '../../../src/demo/compose-score.ts'
import { drumNames } from '../../../src/demo/drum-parts.ts'
import { GENRES } from '../../../src/demo/genre.ts'
import { renderTrack } from '../../../src/demo/render-track.ts'
import { loadDrumKit } from '../../../src/demo/samples.ts'
import type { BusName } from '../../../src/demo/section-plan.ts'
import { planTrack, type TrackPlan } from '../../../src/demo/track-plan.ts'
import { decodeFile, type Piece, SKIPPED_SECONDS } from './hear-pieces.ts'
import { midiLumps, readMidiFacts, withoutDrums } from './midi-facts.ts'

/** The one sound font that the network never learnt from. */
const SOUND_FONT = '/usr/share/sounds/sf2/TimGM6mb.sf2'
const LEAST_BYTES = { '**/*.{ogg,mp3,flac,opus,wav,oga}': 100_000, '**/*.{xm,it,s3m,mod}': 10_000 } as const
/** Seeds that no other recipe, bench or demo library uses. */
const FIRST_SEED = 14_000

const byName = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

export function* packagePieces(folder: string, source: string, mostPieces: number): Generator<Piece> {
  const files = Object.entries(LEAST_BYTES).flatMap(([pattern, least]) =>
    globSync(pattern, { cwd: join(folder, source) }).filter(
      (file) => readFileSync(join(folder, source, file)).length >= least,
    ),
  )
  for (const file of files.sort(byName).slice(0, mostPieces))
    yield {
      id: `${source}/${file}`,
      source,
      facts: { by: 'package' },
      audio: () => decodeFile(join(folder, source, file), SKIPPED_SECONDS),
    }
}

const renderMidi = async (midi: Uint8Array): Promise<MonoAudio> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-midi-'))
  try {
    const [score, sound] = [join(folder, 'score.mid'), join(folder, 'sound.wav')]
    writeFileSync(score, midi)
    spawnSync('fluidsynth', [
      '-ni',
      '-q',
      '-F',
      sound,
      '-r',
      String(ANALYSIS_SAMPLE_RATE_HZ),
      '-g',
      '0.5',
      SOUND_FONT,
      score,
    ])
    return await decodeFile(sound)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export function* scorePieces(folder: string, source: string): Generator<Piece> {
  const read = (file: string): Uint8Array => readFileSync(join(folder, source, file))
  const plain = globSync('**/*.mid', { cwd: join(folder, source) }).map((file) => ({ name: file, midi: read(file) }))
  const lumps = globSync('**/*.wad', { cwd: join(folder, source) }).flatMap((file) => midiLumps(read(file)))
  const scores = [...plain, ...lumps].sort((one, other) => byName(one.name, other.name))
  for (const [index, { name, midi: whole }] of scores.entries()) {
    // Hardly a score goes without drums, so every other one is played without: nobody can hear any there.
    const midi = index % 2 === 1 ? withoutDrums(whole) : whole
    const facts = readMidiFacts(midi)
    yield {
      id: `${source}/${name}${midi === whole ? '' : ' without drums'}`,
      source,
      facts: { by: 'score', ...facts },
      audio: () => renderMidi(midi),
    }
  }
}

/** What is left out of a generated track, so that there is music which cannot hold it. */
const VARIANTS = {
  whole: [],
  'without drums': ['kick', 'drums', 'tops'],
  'without bass': ['bass'],
} as const satisfies Readonly<Record<string, readonly BusName[]>>
type Variant = keyof typeof VARIANTS
/** By the number of the track of a genre; most are as they are. */
const TURNS: readonly Variant[] = [
  ...Array<Variant>(6).fill('whole'),
  ...(['without drums', 'without bass', 'without drums', 'without bass'] as const),
]
const SILENT_DB = -300

const planVariant = (plan: TrackPlan, variant: Variant): TrackPlan => {
  if (variant === 'whole') return plan
  const busDb = { ...plan.mix.busDb, ...Object.fromEntries(VARIANTS[variant].map((bus) => [bus, SILENT_DB])) }
  // Nothing gives way to a kick that is not there.
  return { ...plan, mix: { ...plan.mix, busDb, ...(variant === 'without drums' ? { pumpDepth: 0 } : {}) } }
}

/** What a generated track is made of, as its plan and score name it. */
const soundsOf = (plan: TrackPlan): readonly string[] => {
  const { notes, hits, syllables, effects } = composeScore(plan)
  const { bass, chord, lead } = plan.sounds
  const sounds = (bus: BusName): boolean => plan.mix.busDb[bus] > SILENT_DB
  const voices = { bass: `bass ${bass}`, chords: `chords ${chord}`, lead: `lead ${lead}`, pad: 'pad', arp: 'arp' }
  return [
    ...new Set([
      `genre ${plan.genre}`,
      ...hits.filter(({ bus }) => sounds(bus)).map(({ drum, bus }) => `${bus} ${drum}`),
      ...notes.filter(({ part }) => part !== 'bass' || sounds('bass')).map(({ part }) => voices[part]),
      ...syllables.map(() => 'voice'),
      ...effects.map(({ effect }) => `effect ${effect}`),
      ...plan.sections.flatMap(({ rollBeats, sweeps }) => [
        ...(rollBeats > 0 && sounds('drums') ? ['roll'] : []),
        ...sweeps.map(({ control, from, to }) => `sweep ${control} ${from < to ? 'up' : 'down'}`),
      ]),
    ]),
  ].sort()
}

export function* generatedPieces(tracksPerGenre: number, firstSeed: number = FIRST_SEED): Generator<Piece> {
  for (let n = 0; n < tracksPerGenre; n++)
    for (const genre of GENRES) {
      const variant = TURNS[n % TURNS.length]!
      const plan = planVariant(planTrack(firstSeed + n, genre), variant)
      yield {
        id: `${genre}-${firstSeed + n}${variant === 'whole' ? '' : ` ${variant}`}`,
        source: 'generator',
        facts: { by: 'generator', sounds: soundsOf(plan) },
        audio: async () => {
          const { planes, sampleRate } = renderTrack(plan, await loadDrumKit(drumNames(plan)))
          return { samples: resample(planes[0]!, sampleRate), sampleRate: ANALYSIS_SAMPLE_RATE_HZ }
        },
      }
    }
}
