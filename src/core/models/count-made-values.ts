/**
 * @file How many values a node of an ONNX network makes, as far as the numbers that tell it so are written in the file (operators of onnx
 * 1.17, and of the versions before that a runtime still knows).
 */
import { ATTRIBUTE } from './onnx-template.ts'

/** Numbers of each input that tells a size, empty where they are known only once the network runs; last those beside the inputs. */
type Told = readonly (readonly number[])[]

type Sized = {
  /** Which inputs tell it. */
  readonly inputs: readonly number[]
  /** Which fields of its attributes tell it. */
  readonly beside?: readonly number[]
  readonly count?: (told: Told) => number
}

/** What is enlarged is taken to have so many values; then a thousandfold is the most. */
const USUAL_VALUES = 2 ** 16

const product = (sizes: readonly number[]): number => sizes.reduce((made, size) => made * Math.max(1, size), 1)
const all = (told: Told): number => product(told.flat())
const enlarged = (told: Told): number => USUAL_VALUES * all(told)

/** What comes before and behind each axis: first all that comes before. */
const padded = (told: Told): number => {
  const pads = told.flat()
  const axes = Math.ceil(pads.length / 2)
  return product(Array.from({ length: axes }, (_, axis) => pads[axis]! + (pads[axis + axes] ?? 0)))
}

const steps = ([starts, limits, deltas]: Told): number => {
  const [start = 0] = starts ?? []
  const [limit = start + 1] = limits ?? []
  const [delta = 1] = deltas ?? []
  return Math.abs((limit - start) / delta)
}

const RANDOM: Sized = { inputs: [], beside: [ATTRIBUTE.integers] }
const WINDOW: Sized = { inputs: [0] }

const SIZED: Readonly<Record<string, Sized>> = {
  ConstantOfShape: { inputs: [0] },
  Expand: { inputs: [1] },
  Tile: { inputs: [1] },
  OneHot: { inputs: [1] },
  Pad: { inputs: [1], beside: [ATTRIBUTE.integers], count: padded },
  CenterCropPad: { inputs: [1] },
  // Scales, which once came first, the part that is looked at, between 0 and 1, and sizes.
  Resize: {
    inputs: [1, 2, 3],
    count: ([first = [], scales = [], sizes = []]) => Math.max(enlarged([first, scales]), product(sizes)),
  },
  Upsample: { inputs: [1], beside: [ATTRIBUTE.floats], count: enlarged },
  Range: { inputs: [0, 1, 2], count: steps },
  HannWindow: WINDOW,
  HammingWindow: WINDOW,
  BlackmanWindow: WINDOW,
  MelWeightMatrix: { inputs: [0, 1] },
  RandomNormal: RANDOM,
  RandomUniform: RANDOM,
}

/**
 * @param numbersOf those of an input by its place
 * @param numbersBeside those in the given fields of the attributes
 * @returns 1 for what makes no more than it is given
 */
export const countMadeValues = (
  operator: string,
  numbersOf: (input: number) => readonly number[],
  numbersBeside: (fields: readonly number[]) => readonly number[],
): number => {
  const sized = Object.hasOwn(SIZED, operator) ? SIZED[operator] : undefined
  if (sized === undefined) return 1
  const { inputs, beside, count = all } = sized
  return count([...inputs.map(numbersOf), ...(beside ? [numbersBeside(beside)] : [])])
}
