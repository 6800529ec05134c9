import type { MonoAudio } from '../audio/audio.ts'
import { measureHops } from '../audio/sample-hops.ts'
import { type Hum, measureHum } from './hum.ts'
import { measureSilentEdges, type SilentEdges } from './silent-edges.ts'

/** What the checks need from the mono mix. */
export type MeasuredFaults = SilentEdges & { readonly hum: Hum | null }

const HOP_SAMPLES = 512

export const measureFaults = (mono: MonoAudio): MeasuredFaults => {
  const hops = measureHops(mono.samples, HOP_SAMPLES)
  return { ...measureSilentEdges(hops, HOP_SAMPLES), hum: measureHum(mono, hops, HOP_SAMPLES) }
}
