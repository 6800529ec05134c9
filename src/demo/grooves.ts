import type { GrooveName } from './genre.ts'

/** Bars of sixteenths: x full, o medium, - soft, . silent. A track draws one of each list. */
export type Groove = {
  readonly kick: readonly string[]
  readonly snare: readonly string[]
  readonly closedHat: readonly string[]
  readonly openHat: readonly string[]
}

const STRAIGHT_HATS = [
  'o-o-o-o-o-o-o-o-',
  '-.o.-.o.-.o.-.o.',
  '..o...o...o...o.',
  'o.-.o.-.o.-.o.-.',
  '-oo--oo--oo--oo-',
]
const OFFBEAT_OPEN = ['..x...x...x...x.', '..x...x...x...x.', '..............x.']

/** Rhythms as the genres' drum-machine primers give them; none is taken from a recording. */
export const grooves: Readonly<Record<GrooveName, Groove>> = {
  four: {
    kick: ['x...x...x...x...'],
    snare: ['....x.......x...', '....x.......x...', '....x..-....x.-.', '....x.......x..o'],
    closedHat: STRAIGHT_HATS,
    openHat: OFFBEAT_OPEN,
  },
  'two-step-fast': {
    kick: ['x.........x.....', 'x.........x..o..', 'x.x.......x.....', 'x..o......x.....'],
    snare: ['....x.......x...', '....x..-.-..x..-', '....x.-.....x...'],
    closedHat: ['o.-.o.-.o.-.o.-.', 'o.o.o.o.o.o.o.o.', 'o-.-o-.-o-.-o-.-'],
    openHat: ['................', '..............o.', '......o.........'],
  },
  'half-time': {
    kick: ['x.....o.........', 'x..x......o.....', 'x.........o.....', 'x.....x.......o.'],
    snare: ['........x.......', '........x.......', '........x.....-.'],
    closedHat: ['o.-.o.-.o.-.o.-.', 'o-o-o-o-o-o-o-o-', 'o...o...o...o...'],
    openHat: ['................', '..............o.'],
  },
  broken: {
    kick: ['x.....x...x.....', 'x..x......x.....', 'x.x.......x..x..', 'x......x..x.....'],
    snare: ['....x.......x...', '....x..-....x...', '....x..-.-..x..-'],
    closedHat: ['o.-.o.-.o.-.o.-.', 'o-o-o-o-o-o-o-o-', '..o...o...o...o.'],
    openHat: ['................', '..x...........x.', '......o.........'],
  },
  garage: {
    kick: ['x.........x.....', 'x......o..x.....', 'x..x......x.....'],
    snare: ['....x.......x...', '....x..-....x..-', '....x.-.....x...'],
    closedHat: ['-.oo-.oo-.oo-.oo', 'o-.oo-.oo-.oo-.o', '..o-..o-..o-..o-'],
    openHat: ['..x...x...x...x.', '..............x.'],
  },
  'boom-bap': {
    kick: ['x......x..x.....', 'x.x.......x.....', 'x.....x...x.....', 'x..x....x.x.....'],
    snare: ['....x.......x...', '....x.......x..-'],
    closedHat: ['o.o.o.o.o.o.o.o.', 'o.-.o.-.o.-.o.--', 'o-o-o-o-o-o-o-o-'],
    openHat: ['................', '..............o.', '......o.........'],
  },
  electro: {
    kick: ['x.....x...x.....', 'x..x..x...x.....', 'x...x...x...x...', 'x.....x.x.......'],
    snare: ['....x.......x...', '....x.......x...', '....x.......x.-.'],
    closedHat: ['o.o.o.o.o.o.o.o.', 'o-o-o-o-o-o-o-o-', 'o.-.o.-.o.-.o.-.'],
    openHat: ['................', '..x...x...x...x.'],
  },
}

const VELOCITIES: Readonly<Record<string, number>> = { x: 1, o: 0.72, '-': 0.42 }

/** @returns the velocity of a step, 0 for silence; patterns repeat. */
export const stepVelocity = (pattern: string, step: number): number =>
  VELOCITIES[pattern[((step % pattern.length) + pattern.length) % pattern.length]!] ?? 0

export type PatternNote = { readonly step: number; readonly steps: number; readonly symbol: string }

/** Reads "R--.f-": a symbol starts a note, '-' holds it, '.' is silence. */
export const parsePattern = (pattern: string): readonly PatternNote[] =>
  [...pattern.matchAll(/([^.-])(-*)/g)].map((match) => ({
    step: match.index,
    steps: match[0].length,
    symbol: match[1]!,
  }))
