import { DEMO_SAMPLE_RATE_HZ } from './oscillator.ts'

/** Mutually prime delays of about 30 to 60 ms. */
const LINE_SAMPLES = [1361, 1693, 2099, 2633] as const
const PRE_DELAY_SAMPLES = 700
/** Share of the treble lost at each pass. */
const DAMPING = 0.35

type Line = { readonly delay: Float32Array; readonly gain: number; at: number; low: number }

const createLine = (length: number, seconds: number): Line => ({
  delay: new Float32Array(length),
  // Half for the Hadamard matrix; the rest lets the sound fall by 60 dB in the given time.
  gain: 0.5 * 10 ** ((-3 * length) / (seconds * DEMO_SAMPLE_RATE_HZ)),
  at: 0,
  low: 0,
})

const readLine = (line: Line): number => {
  line.low += (1 - DAMPING) * (line.delay[line.at]! - line.low)
  return line.low
}

const writeLine = (line: Line, value: number): void => {
  line.delay[line.at] = value
  line.at = line.at + 1 === line.delay.length ? 0 : line.at + 1
}

/**
 * A feedback delay network of four lines mixed by a Hadamard matrix (Jot and Chaigne, AES 1991).
 * @returns a function that adds the reverberation of an input to an output, block after block.
 */
export const createReverb = (seconds: number): ((input: Float32Array, output: Float32Array) => void) => {
  const [a, b, c, d] = LINE_SAMPLES.map((length) => createLine(length, seconds)) as [Line, Line, Line, Line]
  const preDelay = new Float32Array(PRE_DELAY_SAMPLES)
  let at = 0
  return (input, output) => {
    for (let n = 0; n < input.length; n++) {
      const dry = preDelay[at]!
      preDelay[at] = input[n]!
      at = at + 1 === PRE_DELAY_SAMPLES ? 0 : at + 1
      const [lowA, lowB, lowC, lowD] = [readLine(a), readLine(b), readLine(c), readLine(d)]
      output[n]! += 0.7 * (lowA + lowB + lowC + lowD)
      writeLine(a, dry + a.gain * (lowA + lowB + lowC + lowD))
      writeLine(b, dry + b.gain * (lowA - lowB + lowC - lowD))
      writeLine(c, dry + c.gain * (lowA + lowB - lowC - lowD))
      writeLine(d, dry + d.gain * (lowA - lowB - lowC + lowD))
    }
  }
}
