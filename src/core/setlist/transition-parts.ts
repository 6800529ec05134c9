/**
 * @file The parts that a transition is judged by, each 0 to 1, and what they make together.
 * Method: the score is the weighted geometric mean of the parts, so that the rest cannot make up for a clash. The weights and limits are
 * set by judgement: there is no collection of rated mixes to fit them to.
 * Conventions: 1 is what nobody notices, 0 what everybody does.
 */
import type { KeyRelation } from '../similarity/key-relation.ts'

export const TRANSITION_PARTS = ['sound', 'key', 'tempo', 'energy', 'voices', 'basses'] as const
export type TransitionPartName = (typeof TRANSITION_PARTS)[number]

export const PART_WEIGHTS: Readonly<Record<TransitionPartName, number>> = {
  sound: 0.2,
  key: 0.25,
  tempo: 0.25,
  energy: 0.1,
  voices: 0.15,
  basses: 0.05,
}
/** A part this low ruins a transition, so how far below it lies does not matter. */
export const LEAST_PART = 0.05
/** The pitch fader of most players reaches 8 %; the first 1 % is inaudible. */
const [FREE_TEMPO_PERCENT, MOST_TEMPO_PERCENT] = [1, 8] as const
/** Keys that mix sound nearly as good as the same key; with all others some notes clash. */
const KEY_SCORES: Readonly<Record<KeyRelation, number>> = { same: 1, relative: 0.9, neighbour: 0.9, other: 0.2 }
/** Cents of detuning that nobody hears, and a quarter tone, at which even the best key does not help. */
const [FREE_CENTS, MOST_CENTS] = [10, 50] as const
const DETUNED_SCORE = 0.4
/** A break and a drop lie half the scale of the energy apart. */
const MOST_ENERGY = 0.5
/** One turn of a knob removes a second bass, so two basses alone never ruin a transition. */
const TWO_BASSES_SCORE = 0.4

const clamp = (value: number): number => Math.max(0, Math.min(1, value))
/** 1 up to `free`, then down to 0 at `most`. */
const fall = (value: number, free: number, most: number): number => clamp((most - value) / (most - free))

/** @param distance √2 for two random parts of a library, which scores ½ */
export const soundScore = (distance: number): number => clamp(1 - distance ** 2 / 4)

/** @returns cents between two tunings: −45 cents from one semitone and 45 cents from the one below are 10 cents apart */
export const centsApart = (one: number, other: number): number => {
  const apart = Math.abs(one - other)
  return Math.min(apart, 100 - apart)
}

/** @param cents between the tunings, 0 where they are unknown */
export const keyScore = (relation: KeyRelation, cents: number): number =>
  KEY_SCORES[relation] * (DETUNED_SCORE + (1 - DETUNED_SCORE) * fall(cents, FREE_CENTS, MOST_CENTS))

/** @param percent by which the tempi differ, without whole octaves */
export const tempoScore = (percent: number): number => fall(Math.abs(percent), FREE_TEMPO_PERCENT, MOST_TEMPO_PERCENT)

/** The largest difference of the tempi, in per cent, that scores so much. */
export const tempoPercentScoring = (score: number): number =>
  MOST_TEMPO_PERCENT - score * (MOST_TEMPO_PERCENT - FREE_TEMPO_PERCENT)

/** @param difference of the energies, on their own scale */
export const energyScore = (difference: number): number => fall(Math.abs(difference), 0, MOST_ENERGY)

/** Two voices clash as far as both sound. @param one share of the time, 0 to 1 */
export const voicesScore = (one: number, other: number): number => 1 - Math.min(one, other)

/** @param one share of the beats with a full bass, 0 to 1 */
export const bassesScore = (one: number, other: number): number => 1 - (1 - TWO_BASSES_SCORE) * Math.min(one, other)
