/** Words for how two tracks sound alike. */

/** "closer than 97 % of your tracks"; never more than is true. */
export const scoreText = (score: number, others = 'tracks'): string =>
  `closer than ${Math.floor(score * 100)} % of your ${others}`

export const tempoText = (percent: number | null): string => {
  if (percent === null) return '–'
  const rounded = Math.abs(percent).toFixed(1)
  return rounded === '0.0' ? 'same tempo' : `${percent > 0 ? '+' : '−'}${rounded} %`
}

export const energyText = (points: number | null): string => {
  if (points === null) return '–'
  return points === 0 ? 'same' : `${points > 0 ? '+' : '−'}${Math.abs(points)}`
}

type KeyRelation = 'same' | 'neighbour' | 'relative' | 'other'

const KEY_WORDS: Readonly<Record<KeyRelation, string>> = {
  same: 'same key',
  neighbour: 'mixes',
  relative: 'mixes',
  other: 'clashes',
}
export const keyText = (relation: KeyRelation | null): string => (relation === null ? '' : KEY_WORDS[relation])
