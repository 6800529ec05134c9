/**
 * Whether a tag is true of a piece, by what is known of it before anybody hears it. Nothing is guessed: a piece says
 * nothing of most tags, and then neither the tag's presence nor its absence counts.
 */

import { generatorTruth } from './generator-truth.ts'
import type { Facts } from './hear-pieces.ts'
import { STYLES, styleOf } from './music-packages.ts'
import { scoreTruth } from './score-truth.ts'
import type { Tag, Truth } from './truth.ts'

const packageTruth = ({ name }: Tag, source: string): Truth => {
  const style = styleOf(source)
  if (style === null) return null
  if ((STYLES[style].is as readonly string[]).includes(name)) return true
  return (STYLES[style].cannotBe as readonly string[]).includes(name) ? false : null
}

export const truthOf = (
  tag: Tag,
  facts: Facts,
  { id, source }: { readonly id: string; readonly source: string },
): Truth => {
  if (facts.by === 'score') return scoreTruth(tag, facts, id)
  return facts.by === 'generator' ? generatorTruth(tag, facts.sounds) : packageTruth(tag, source)
}
