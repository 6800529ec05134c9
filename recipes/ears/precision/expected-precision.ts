/**
 * How often a tag is true of music in which it is heard, as a lower bound, by two ways of which the lower counts:
 *
 * 1. On music whose makers say what is in it: the share of those pieces, among all that fire, that hold it. Each domain (generated dance
 *    tracks, renderings of scores, recordings of a known style) counts alike, however many pieces it has.
 * 2. On produced music of which nothing is known: let it fire in a share F of pieces that cannot hold it and in a share R of all
 *    pieces. At most all that hold it fire, so at least (R − F) / (1 − F) hold it, and of those that fire at least
 *    1 − odds(F) / odds(R) do ("adjusted classify and count", Forman 2005). F is that of the worst domain, and some domain
 *    must be of produced music: what never fires at a rendered score may fire at a distorted kick.
 *
 * A piece fires where the tag is heard for at least a share of its time, and that share is what is looked for.
 */

export type Fired = {
  /** Where pieces come from that are alike in how they were made. */
  readonly domain: string
  /** Whether the piece holds the tag; null where it is not known. */
  readonly truth: boolean | null
  /** Share of its time in which the tag is heard. */
  readonly share: number
  /** Whether it is mixed and mastered as records are. */
  readonly isProduced: boolean
}

/** What is known of a tag from one share on. */
export type Evidence = {
  /** Lower bound of the share of firing pieces that hold the tag; null where there is too little to tell. */
  readonly precision: number | null
  /** Of pieces whose makers say so. */
  readonly known: { readonly firing: number; readonly holding: number; readonly precision: number | null }
  readonly produced: {
    readonly pieces: number
    readonly firing: number
    readonly falseRate: number
    readonly precision: number | null
  }
}

/** With fewer pieces a rate says little. */
const LEAST_HOLDING = 5
const LEAST_NEGATIVES = 15
const LEAST_FIRING = 5

const rate = (hits: number, of: number): number => hits / of
/** Never 0 or 1: one more piece may always be otherwise (Krichevsky and Trofimov). */
const cautious = (hits: number, of: number): number => (hits + 0.5) / (of + 1)
const odds = (share: number): number => share / (1 - share)
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const byDomain = (pieces: readonly Fired[]): readonly (readonly Fired[])[] => [
  ...Map.groupBy(pieces, ({ domain }) => domain).values(),
]

/** @param produced pieces of music as people make it, by stratum; strata count alike */
export const evidenceAt = (
  level: number,
  { pieces, produced }: { readonly pieces: readonly Fired[]; readonly produced: readonly (readonly Fired[])[] },
): Evidence => {
  const fires = ({ share }: Fired): boolean => share >= level
  const known = pieces.filter(({ truth }) => truth !== null)
  const firing = known.filter(fires)
  const holding = firing.filter(({ truth }) => truth === true)
  const rates = byDomain(known).map((domain) => ({
    all: rate(domain.filter(fires).length, domain.length),
    right: rate(domain.filter((piece) => fires(piece) && piece.truth === true).length, domain.length),
  }))
  const [all, right] = [mean(rates.map((one) => one.all)), mean(rates.map((one) => one.right))]
  const knownPrecision = holding.length < LEAST_HOLDING ? null : right / all

  const negatives = byDomain(known.filter(({ truth }) => truth === false)).filter(
    (domain) => domain.length >= LEAST_NEGATIVES,
  )
  const falseRate = Math.max(0, ...negatives.map((domain) => cautious(domain.filter(fires).length, domain.length)))
  const firingProduced = produced.flat().filter(fires).length
  const producedRate = mean(produced.map((stratum) => rate(stratum.filter(fires).length, stratum.length)))
  const producedPrecision =
    !negatives.some(([one]) => one!.isProduced) || firingProduced < LEAST_FIRING
      ? null
      : Math.max(0, 1 - odds(falseRate) / odds(producedRate))
  return {
    precision:
      knownPrecision === null || producedPrecision === null ? null : Math.min(knownPrecision, producedPrecision),
    known: { firing: firing.length, holding: holding.length, precision: knownPrecision },
    produced: { pieces: produced.flat().length, firing: firingProduced, falseRate, precision: producedPrecision },
  }
}
