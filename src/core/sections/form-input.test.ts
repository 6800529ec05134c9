import { expect, test } from 'vitest'
import { FEATURE_COLUMNS } from '../features/feature-spec.ts'
import { HEARD_STYLES } from '../features/heard-levels.ts'
import { wholeMatrix } from '../features/whole-matrix.fixture.ts'
import { createRandom } from '../support/random.ts'
import { FORM_CHANNELS, type FormInput, formInput } from './form-input.ts'

const BEATS = 96
const EDGE = 40
const width = FEATURE_COLUMNS.length - Object.keys(HEARD_STYLES).length
const grid = { beatsPerBar: 4, firstDownbeat: 2, firstPhrase: 6 }

/** All columns step up at the edge, above some noise. */
const stepped = (scale = 1, offset = 0) => {
  const random = createRandom(3)
  return wholeMatrix(BEATS, (beat) => offset + scale * ((beat >= EDGE ? 1 : 0) + 0.02 * random()))
}

const channel = ({ values, beats }: FormInput, at: number): Float32Array =>
  values.subarray(at * beats, (at + 1) * beats)

test('changes of 8 and 16 beats and all novelties are highest where the sound changes', () => {
  const input = formInput(stepped(), grid)
  expect(input.values).toHaveLength(FORM_CHANNELS * BEATS)
  const novelties = Array.from({ length: 8 }, (_, n) => 3 * width + n)
  for (const at of [width, 2 * width - 1, 2 * width, 3 * width - 1, ...novelties])
    expect(channel(input, at)[EDGE]).toBe(Math.max(...channel(input, at)))
})

test('loudness and scale of a column mean nothing: only what changes within the track does', () => {
  const [one, other] = [formInput(stepped(), grid), formInput(stepped(5, -30), grid)]
  one.values.forEach((value, index) => {
    expect(other.values[index]).toBeCloseTo(value, 3)
  })
})

test('what kind of music a track is changes nothing', () => {
  const matrixOf = (rock: number) =>
    wholeMatrix(BEATS, (beat, { name }) => (name in HEARD_STYLES ? rock * beat : Number(beat >= EDGE)))
  expect(formInput(matrixOf(3), grid)).toEqual(formInput(matrixOf(0), grid))
})

test('downbeats, eighth beats and phrases are told by the grid, in other metres too', () => {
  const first = FORM_CHANNELS - 11
  const marked = (at: number, input: FormInput): number[] =>
    [...channel(input, first + at).keys()].filter((beat) => channel(input, first + at)[beat] === 1)
  const input = formInput(stepped(), grid)
  expect(marked(2, input).slice(0, 3)).toEqual([2, 6, 10])
  expect(marked(5, input).slice(0, 3)).toEqual([6, 22, 38])
  expect(marked(6, input).slice(0, 3)).toEqual([6, 14, 22])
  const waltz = formInput(stepped(), { beatsPerBar: 3, firstDownbeat: 1, firstPhrase: 4 })
  expect(marked(2, waltz).slice(0, 3)).toEqual([1, 4, 7])
  expect(marked(5, waltz).slice(0, 3)).toEqual([4, 16, 28])
})

test('a track without any change is finite', () => {
  expect(
    formInput(
      wholeMatrix(8, () => 1),
      grid,
    ).values.every(Number.isFinite),
  ).toBe(true)
})
