/**
 * @file What the network of form says of a track, and how it is weighed against a model's own heads.
 * Method: two voices of equal weight, averaged as log-odds (boundaries) and log probabilities (kinds): a product of experts (Hinton, 2002),
 * so that what either is sure of counts. In dance music the network is surer than right, and its log-odds count half (decision 0069).
 * Kinds of one part are told apart by the model alone, and kinds that it does not know are not asked for.
 * Conventions: logs are natural; a beat's kinds sum to 1 over the kinds that are asked for.
 */
import { SECTION_KINDS, type SectionKind } from '../labels/section-kind.ts'
import { areFinite } from '../support/are-finite.ts'
import { FORM_PARTS, partOf } from './form-parts.ts'

export type TrackForm = {
  readonly beats: number
  /** Shape (beats): log-odds that a section starts at the beat. */
  readonly edges: Float32Array
  /** Shape (beats, FORM_PARTS): log probabilities up to a constant for each beat. */
  readonly parts: Float32Array
}

/** Keeps log-odds finite. */
const SUREST = 1e-6

/** @param answer the network's logits, shape (1 + SECTION_KINDS, beats) @returns null for a value that is not finite */
export const trackForm = (answer: Float32Array, beats: number): TrackForm | null => {
  if (answer.length !== (1 + SECTION_KINDS.length) * beats || !areFinite(answer)) return null
  const parts = new Float32Array(beats * FORM_PARTS.length)
  for (let beat = 0; beat < beats; beat++)
    FORM_PARTS.forEach((kinds, part) => {
      const logits = kinds.map((kind) => answer[(1 + SECTION_KINDS.indexOf(kind)) * beats + beat]!)
      parts[beat * FORM_PARTS.length + part] = logSum(logits)
    })
  return { beats, edges: answer.slice(0, beats), parts }
}

const logSum = (logs: readonly number[]): number => {
  const top = Math.max(...logs)
  return top + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - top), 0))
}

const logOdds = (probability: number): number => {
  const clipped = Math.min(1 - SUREST, Math.max(SUREST, probability))
  return Math.log(clipped / (1 - clipped))
}

/** What is left of the network's log-odds in dance music: chosen by grouped folds and looked at with sources left out, decision 0069. */
const DANCE_STRENGTH = 0.5
/** Log-odds that kinds get there, chosen with it: in training, frequent kinds weigh less than their share, and of builds it hears more than it says. */
const DANCE_ODDS: Partial<Record<SectionKind, number>> = { build: 1.5, drop: 0.6 }
const PART_ODDS = FORM_PARTS.map(([kind]) => DANCE_ODDS[kind] ?? 0)

/** @param songShare how much the track sounds like a song, 0 to 1 @returns a form that is as sure as it is right */
export const doubtForm = ({ beats, edges, parts }: TrackForm, songShare: number): TrackForm => {
  const dance = 1 - songShare
  const strength = 1 - dance * (1 - DANCE_STRENGTH)
  return {
    beats,
    edges: edges.map((odds) => strength * odds),
    parts: parts.map((log, at) => strength * log + dance * PART_ODDS[at % FORM_PARTS.length]!),
  }
}

/** How much the network counts, 0 to 1; the model counts for the rest. */
export type FormShares = { readonly edges: number; readonly kinds: number }

/** @param probabilities of a model, shape (beats) */
export const blendBoundaries = (probabilities: Float32Array, { edges }: TrackForm, share: number): Float32Array =>
  probabilities.map(
    (probability, beat) => 1 / (1 + Math.exp(-(1 - share) * logOdds(probability) - share * edges[beat]!)),
  )

/** @param probabilities of a model, shape (beats, kinds) */
export const blendKinds = (
  probabilities: Float32Array,
  kinds: readonly SectionKind[],
  { form, share }: { readonly form: TrackForm; readonly share: number },
): Float32Array => {
  const places = kinds.map(partOf)
  const blended = new Float32Array(probabilities.length)
  for (let beat = 0; beat < form.beats; beat++) {
    const heard = places.map((place) => form.parts[beat * FORM_PARTS.length + place]!)
    // What the network says of other kinds is no evidence here.
    const log = logSum(heard)
    const mixed = heard.map((value, kind) => {
      const own = Math.log(Math.max(probabilities[beat * kinds.length + kind]!, SUREST))
      return Math.exp((1 - share) * own + share * Math.max(value - log, Math.log(SUREST)))
    })
    const total = mixed.reduce((sum, value) => sum + value, 0)
    mixed.forEach((value, kind) => {
      blended[beat * kinds.length + kind] = value / total
    })
  }
  return blended
}

/** Counts up whenever the bytes mean something else. */
export const FORM_FORMAT = 1

/** The log-odds of all beats, then the parts, as float32. */
export const encodeForm = ({ edges, parts }: TrackForm): Uint8Array => {
  const values = new Float32Array(edges.length + parts.length)
  values.set(edges)
  values.set(parts, edges.length)
  return new Uint8Array(values.buffer)
}

/** @returns null where the bytes are not those of so many beats */
export const decodeForm = (bytes: Uint8Array, beats: number): TrackForm | null => {
  if (bytes.length !== 4 * beats * (1 + FORM_PARTS.length)) return null
  const values = new Float32Array(bytes.slice().buffer)
  return { beats, edges: values.slice(0, beats), parts: values.slice(beats) }
}
