/** @file Which drums and which bass a generated piece of each kind plays in a bar. */
import type { Random } from '../../src/core/support/random.ts'
import type { Bpm } from '../../src/core/units/units.ts'
import { chance, pick, within } from '../../src/demo/draw.ts'

export const SCENE_KINDS = [
  'off-beat',
  'house',
  'slow',
  'fast',
  'half-time',
  'shuffle',
  'triplets',
  'three',
  'six-eight',
  'five-seven',
] as const
export type SceneKind = (typeof SCENE_KINDS)[number]

/** Places in a bar, in beats. */
export type Hits = readonly number[]

type Bar = { readonly kick: Hits; readonly snare: Hits; readonly hat: Hits; readonly open: Hits; readonly bass: Hits }

export const every = (beats: number, step: number, from = 0): number[] => {
  const places: number[] = []
  for (let place = from; place < beats - 1e-6; place += step) places.push(place)
  return places
}

type Style = { readonly bpm: Bpm; readonly beatsPerBar: number; readonly bar: Bar; readonly clap: boolean }

const KICKS_OF_SONGS: readonly Hits[] = [
  [0, 2],
  [0, 2.5],
  [0, 2, 2.5],
  [0, 1.5, 2.5],
  [0, 0.5, 2],
  [0, 1.5, 2],
  [0, 2.5, 3.5],
  [0, 1.75, 2.5],
  [0, 0.75, 2.5],
]

export const styleOf = (kind: SceneKind, random: Random): Style => {
  const draw = (low: number, high: number): number => within([low, high], random)
  const none: Hits = []
  switch (kind) {
    case 'off-beat':
    case 'house': {
      const offBeat = kind === 'off-beat'
      return {
        bpm: draw(112, 150),
        beatsPerBar: 4,
        clap: chance(0.7, random),
        bar: {
          kick: every(4, 1),
          snare: chance(0.75, random) ? [1, 3] : none,
          hat: chance(0.4, random) ? every(4, 0.25) : chance(0.5, random) ? every(4, 0.5) : none,
          open: offBeat || chance(0.6, random) ? every(4, 1, 0.5) : none,
          bass: offBeat
            ? pick([every(4, 1, 0.5), [0.5, 0.75, 1.5, 1.75, 2.5, 2.75, 3.5, 3.75], [0.5, 1.5, 2.5, 3.25, 3.5]], random)
            : pick(
                [
                  every(4, 1),
                  [0, 0.75, 1.5, 2.5, 3.25],
                  [0, 1.5, 3],
                  every(4, 0.5),
                  [0.25, 0.5, 0.75, 1.25, 1.5, 1.75, 2.25, 2.5, 2.75, 3.25, 3.5, 3.75],
                ],
                random,
              ),
        },
      }
    }
    case 'slow':
      return {
        bpm: draw(68, 112),
        beatsPerBar: 4,
        clap: chance(0.3, random),
        bar: {
          kick: pick(KICKS_OF_SONGS, random),
          snare: [1, 3],
          hat: pick([every(4, 0.5), every(4, 0.5), every(4, 0.25), every(4, 1)], random),
          open: chance(0.2, random) ? [3.5] : none,
          bass: pick([[0, 2], [0, 1.5, 2.5], every(4, 0.5), every(4, 1), [0, 0.75, 2, 2.75]], random),
        },
      }
    case 'fast':
      return {
        bpm: draw(150, 205),
        beatsPerBar: 4,
        clap: chance(0.2, random),
        bar: {
          kick: pick([[0, 2], [0, 2, 2.5], every(4, 1), [0, 2.5], [0, 0.5, 2], every(4, 0.5)], random),
          snare: [1, 3],
          hat: pick([every(4, 1), every(4, 0.5), every(4, 0.5)], random),
          open: none,
          bass: pick([every(4, 1), every(4, 0.5), [0, 2]], random),
        },
      }
    case 'half-time':
      return {
        bpm: draw(132, 178),
        beatsPerBar: 4,
        clap: chance(0.5, random),
        bar: {
          kick: pick([[0], [0, 1.5], [0, 0.75], [0, 3.5], [0, 1.5, 3.25]], random),
          snare: [2],
          hat: pick([every(4, 1), every(4, 0.5), every(4, 0.25)], random),
          open: none,
          bass: pick([[0], [0, 1.5], [0, 1, 2, 3]], random),
        },
      }
    case 'shuffle': {
      const late = draw(0.6, 0.7)
      const four = chance(0.6, random)
      return {
        bpm: draw(76, 148),
        beatsPerBar: 4,
        clap: chance(0.5, random),
        bar: {
          kick: four
            ? every(4, 1)
            : pick(
                [
                  [0, 2],
                  [0, 1 + late, 2],
                  [0, 2 + late],
                ],
                random,
              ),
          snare: [1, 3],
          hat: chance(0.5, random) ? every(4, 1, late) : [...every(4, 1), ...every(4, 1, late)],
          open: none,
          bass: chance(0.5, random) ? every(4, 1, late) : chance(0.5, random) ? [0, late, 2, 2 + late] : [0, 2],
        },
      }
    }
    case 'triplets':
      return {
        bpm: draw(100, 165),
        beatsPerBar: 4,
        clap: chance(0.5, random),
        bar: {
          kick: pick([every(4, 1), [0, 1.5], [0], [0, 2]], random),
          snare: pick([[2], [1, 3]], random),
          hat: pick([every(4, 1), every(4, 1 / 3), [...every(2, 0.5), ...every(4, 1 / 3, 2)]], random),
          open: none,
          bass: pick([every(4, 1 / 3), [...every(2, 1 / 3), ...every(4, 0.5, 2)], every(4, 2 / 3)], random),
        },
      }
    case 'three':
      return {
        bpm: draw(78, 190),
        beatsPerBar: 3,
        clap: chance(0.2, random),
        bar: {
          kick: pick([[0], [0], [0, 2.5], [0, 1.5]], random),
          snare: pick([[1, 2], [2], [1, 2], [1]], random),
          hat: pick([every(3, 1), every(3, 0.5), none], random),
          open: none,
          bass: pick([[0], every(3, 1), [0, 2], every(3, 0.5)], random),
        },
      }
    case 'six-eight':
      return {
        bpm: draw(46, 84),
        beatsPerBar: 2,
        clap: chance(0.2, random),
        bar: {
          kick: pick([[0], [0, 2 / 3], [0, 5 / 3], [0, 4 / 3]], random),
          snare: [1],
          hat: pick([every(2, 1 / 3), every(2, 1 / 3), every(2, 1 / 6), [0, 2 / 3, 1, 5 / 3]], random),
          open: none,
          bass: pick([[0], [0, 1], [0, 2 / 3, 1, 5 / 3], every(2, 1 / 3)], random),
        },
      }
    case 'five-seven': {
      const beats = chance(0.6, random) ? 5 : 7
      return {
        bpm: draw(100, 190),
        beatsPerBar: beats,
        clap: chance(0.2, random),
        bar: {
          kick: pick([[0], [0, 1.5], [0, 3]], random),
          snare: beats === 5 ? pick([[3], [2, 4], [3]], random) : pick([[2, 4, 6], [4], [3, 5]], random),
          hat: pick([every(beats, 1), every(beats, 0.5)], random),
          open: none,
          bass: pick([[0], [0, 3], every(beats, 1)], random),
        },
      }
    }
  }
}
