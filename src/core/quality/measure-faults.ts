import type { MonoAudio } from '../audio/audio.ts'
import { measureHops } from '../audio/sample-hops.ts'
import type { MeasuredFaults } from './checked-track.ts'
import { measureHum } from './hum.ts'
import { printOnsets } from './onset-print.ts'
import { measureSilentEdges } from './silent-edges.ts'

const HOP_SAMPLES = 512

export const measureFaults = (mono: MonoAudio): MeasuredFaults => {
  const hops = measureHops(mono.samples, HOP_SAMPLES)
  return {
    ...measureSilentEdges(hops, HOP_SAMPLES),
    hum: measureHum(mono, hops, HOP_SAMPLES),
    onsets: printOnsets(mono.samples),
  }
}
