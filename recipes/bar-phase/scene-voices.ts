/** @file Sounds of drums, basses and chords for generated pieces, each drawn anew. */
import { ANALYSIS_SAMPLE_RATE_HZ } from '../../src/core/audio/audio.ts'
import type { Random } from '../../src/core/support/random.ts'
import { within } from '../../src/demo/draw.ts'

const RATE = ANALYSIS_SAMPLE_RATE_HZ

export type Voice = Float32Array

const render = (seconds: number, sample: (time: number) => number): Voice =>
  Float32Array.from({ length: Math.round(seconds * RATE) }, (_, n) => sample(n / RATE))

/** One-pole high-pass. */
export const highPass = (voice: Voice, hertz: number): Voice => {
  const share = Math.exp((-2 * Math.PI * hertz) / RATE)
  let [low, before] = [0, 0]
  return voice.map((value) => {
    low = share * (low + value - before)
    before = value
    return low
  })
}

export const lowPass = (voice: Voice, hertz: number): Voice => {
  const share = 1 - Math.exp((-2 * Math.PI * hertz) / RATE)
  let low = 0
  return voice.map((value) => {
    low += share * (value - low)
    return low
  })
}

export const noise = (random: Random, seconds: number, decay: number): Voice =>
  render(seconds, (time) => (2 * random() - 1) * Math.exp(-time * decay))

export const kickVoice = (random: Random): Voice => {
  const base = within([42, 62], random)
  const sweep = within([50, 180], random)
  const speed = within([20, 50], random)
  const decay = within([6, 16], random)
  const click = within([0, 0.5], random)
  return render(0.3, (time) => {
    const phase = base * time + (sweep / speed) * (1 - Math.exp(-time * speed))
    return Math.exp(-time * decay) * Math.sin(2 * Math.PI * phase) + click * Math.exp(-time * 400) * (2 * random() - 1)
  })
}

export const snareVoice = (random: Random): Voice => {
  const tone = within([150, 240], random)
  const body = within([0.1, 0.6], random)
  const hiss = highPass(noise(random, 0.25, within([10, 25], random)), within([300, 1500], random))
  return hiss.map((value, n) => value + body * Math.sin((2 * Math.PI * tone * n) / RATE) * Math.exp((-n / RATE) * 20))
}

export const hatVoice = (random: Random, decay: number): Voice =>
  highPass(highPass(noise(random, 0.3, decay), within([4000, 8000], random)), 4000)

export const sawVoice = (
  hertz: number,
  seconds: number,
  { cutoff, decay, attack }: { cutoff: number; decay: number; attack: number },
): Voice => {
  const raw = render(seconds, (time) => {
    const phase = (hertz * time) % 1
    const envelope = Math.min(1, time / attack) * Math.exp(-time * decay) * Math.min(1, (seconds - time) / 0.01)
    return (2 * phase - 1) * envelope
  })
  return lowPass(lowPass(raw, cutoff), cutoff)
}

export const hertzOf = (note: number): number => 440 * 2 ** ((note - 69) / 12)
