import type { MonoAudio } from '../audio/audio.ts'
import { measureHops } from '../audio/sample-hops.ts'
import type { HeardFaults } from './checked-track.ts'
import { measureHum } from './hum.ts'
import { measureSilentEdges } from './silent-edges.ts'

const HOP_SAMPLES = 512

export const hearFaults = (mono: MonoAudio): HeardFaults => {
  const hops = measureHops(mono.samples, HOP_SAMPLES)
  return { ...measureSilentEdges(hops, HOP_SAMPLES), hum: measureHum(mono, hops, HOP_SAMPLES) }
}
