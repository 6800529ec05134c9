import type { Random } from '../core/support/random.ts'
import { chance, pick, randomFor } from './draw.ts'
import { grooves, stepVelocity } from './grooves.ts'
import type { HitEvent } from './score.ts'
import type { Layer, LayerPlan, SectionPlan } from './section-plan.ts'
import type { TrackPlan } from './track-plan.ts'

const STEPS_PER_BEAT = 4

type Kit = {
  readonly plan: TrackPlan
  readonly patterns: Readonly<Record<'kick' | 'snare' | 'closedHat' | 'openHat' | 'ride' | 'high' | 'low', string>>
  readonly random: Random
}

type Strike = Omit<HitEvent, 'beat' | 'gainDb' | 'velocity'>

const drawPercussion = (random: Random, density: number): string =>
  Array.from({ length: 32 }, (_, step) =>
    step % 4 !== 0 && chance(density, random) ? pick(['o', '-', 'x'], random) : '.',
  ).join('')

const drawKit = (plan: TrackPlan): Kit => {
  const random = randomFor(plan.seed, `${plan.genre} drums`)
  const groove = grooves[plan.sounds.groove]
  return {
    plan,
    random,
    patterns: {
      kick: pick(groove.kick, random),
      snare: pick(groove.snare, random),
      closedHat: pick(groove.closedHat, random),
      openHat: pick(groove.openHat, random),
      ride: pick(['x...x...x...x...', 'x.-.x.-.x.-.x.-.', '..x...x...x...x.'], random),
      high: drawPercussion(random, 0.28),
      low: drawPercussion(random, 0.16),
    },
  }
}

/** Swing delays every second sixteenth. */
export const swungBeat = (plan: TrackPlan, beat: number): number =>
  Math.abs(((beat * STEPS_PER_BEAT) % 2) - 1) < 1e-6 ? beat + plan.swing / STEPS_PER_BEAT : beat

/** Hands are never exact: a spread in beats for what is not the kick. */
const loosen = (beat: number, spreadBeats: number, random: Random): number => beat + spreadBeats * (random() - 0.5)

const playPattern = (
  kit: Kit,
  section: SectionPlan,
  layer: LayerPlan,
  part: { strike: Strike; pattern: string },
): HitEvent[] => {
  const { plan, random } = kit
  const hits: HitEvent[] = []
  const loose = part.strike.bus === 'tops' ? 0.008 : part.strike.bus === 'drums' ? 0.003 : 0
  const quietFrom = section.endBeat - Math.max(section.gapBeats, part.strike.bus === 'kick' ? section.kickRestBeats : 0)
  const lastBeat = Math.min(layer.endBeat, quietFrom)
  for (let step = 0; ; step++) {
    const beat = layer.startBeat + step / STEPS_PER_BEAT
    if (beat >= lastBeat) return hits
    const barStep = Math.round((beat - plan.firstDownbeat) * STEPS_PER_BEAT)
    const velocity = stepVelocity(part.pattern, barStep)
    if (velocity === 0) continue
    const human = part.strike.bus === 'kick' ? 1 : 0.9 + 0.1 * random()
    hits.push({
      ...part.strike,
      beat: loosen(swungBeat(plan, beat), loose, random),
      velocity: velocity * human,
      gainDb: layer.gainDb,
    })
  }
}

/** A break sampled with its own groove; placed bar by bar, at the pitch that makes it fit the tempo. */
const playBreakLoop = (kit: Kit, layer: LayerPlan): HitEvent[] => {
  const { breakLoop } = kit.plan.sounds
  if (breakLoop === null) return []
  const bars = (layer.endBeat - layer.startBeat) / 4
  return Array.from({ length: bars }, (_, bar) => ({
    drum: breakLoop,
    bus: 'tops' as const,
    beat: layer.startBeat + 4 * bar,
    velocity: 1,
    gainDb: layer.gainDb + 6,
  }))
}

const strikes = ({
  plan: { sounds },
  patterns,
}: Kit): Readonly<Partial<Record<Layer, readonly { strike: Strike; pattern: string }[]>>> => ({
  kick: [{ strike: { drum: sounds.kick, bus: 'kick' }, pattern: patterns.kick }],
  snare: [{ strike: { drum: sounds.snare, bus: 'drums' }, pattern: patterns.snare }],
  hats: [
    { strike: { drum: sounds.hat, bus: 'tops' }, pattern: patterns.closedHat },
    { strike: { drum: sounds.openHat, bus: 'tops' }, pattern: patterns.openHat },
  ],
  percussion: [
    { strike: { drum: sounds.percussion[0]!, bus: 'tops' }, pattern: patterns.high },
    { strike: { drum: sounds.percussion[1]!, bus: 'tops' }, pattern: patterns.low },
  ],
  cymbals: [{ strike: { drum: 'ride_tri', bus: 'tops' }, pattern: patterns.ride }],
})

const TOMS = ['drum_tom_hi_hard', 'drum_tom_mid_hard', 'drum_tom_lo_hard', 'drum_tom_lo_hard']

const playFill = ({ plan, random }: Kit, section: SectionPlan): HitEvent[] => {
  if (section.fill === 'none' || section.gapBeats > 0) return []
  const steps = section.fillBeats * STEPS_PER_BEAT
  const every = section.fill === 'snare' ? 1 : 2
  return Array.from({ length: steps / every }, (_, index): HitEvent => {
    const step = index * every
    const share = step / steps
    const beat = section.endBeat - section.fillBeats + step / STEPS_PER_BEAT
    const tom = section.fill === 'toms'
    return {
      drum: tom ? TOMS[Math.floor(share * TOMS.length)]! : plan.sounds.snare,
      bus: 'drums',
      beat,
      velocity: tom ? 0.9 : 0.45 + 0.5 * share,
      gainDb: tom ? -1 : -3,
    }
  }).filter(() => section.fill !== 'snare' || chance(0.85, random))
}

/** Quarters, then eighths, then sixteenths, ever louder: the roll before a drop. */
const playRoll = ({ plan }: Kit, section: SectionPlan): HitEvent[] => {
  const hits: HitEvent[] = []
  const endBeat = section.endBeat - section.gapBeats
  for (let beat = section.endBeat - section.rollBeats; beat < endBeat; ) {
    const share = 1 - (section.endBeat - beat) / section.rollBeats
    hits.push({ drum: plan.sounds.snare, bus: 'drums', beat, velocity: 0.35 + 0.6 * share, gainDb: -4 })
    beat += share < 0.5 ? 1 : share < 0.75 ? 0.5 : 0.25
  }
  return hits
}

/** Small turns at the end of every eighth bar inside long full sections. */
const playTurns = ({ plan, random }: Kit, section: SectionPlan): HitEvent[] => {
  if (!['drop', 'chorus', 'verse'].includes(section.kind)) return []
  const hits: HitEvent[] = []
  for (let beat = section.startBeat + 32; beat < section.endBeat; beat += 32) {
    if (chance(0.5, random)) hits.push({ drum: 'drum_cymbal_soft', bus: 'tops', beat, velocity: 0.8, gainDb: 2 })
    if (chance(0.5, random))
      for (const step of [-3, -2, -1])
        hits.push({ drum: plan.sounds.snare, bus: 'drums', beat: beat + step / 4, velocity: 0.5, gainDb: -2 })
  }
  return hits
}

const playPickUp = ({ plan }: Kit): HitEvent[] =>
  Array.from({ length: plan.firstDownbeat * 2 }, (_, eighth) => ({
    drum: eighth % 2 === 0 ? plan.sounds.snare : plan.sounds.hat,
    bus: eighth % 2 === 0 ? ('drums' as const) : ('tops' as const),
    beat: eighth / 2,
    velocity: 0.7,
    gainDb: 0,
  }))

export const composeDrums = (plan: TrackPlan): readonly HitEvent[] => {
  const kit = drawKit(plan)
  const parts = strikes(kit)
  return [
    ...playPickUp(kit),
    ...plan.sections.flatMap((section) => [
      ...section.layers.flatMap((layer) => [
        ...(parts[layer.layer] ?? []).flatMap((part) => playPattern(kit, section, layer, part)),
        ...(layer.layer === 'break-loop' ? playBreakLoop(kit, layer) : []),
      ]),
      ...playFill(kit, section),
      ...playRoll(kit, section),
      ...playTurns(kit, section),
      ...(section.entry.includes('crash')
        ? [
            {
              drum: 'drum_splash_hard',
              bus: 'tops' as const,
              beat: section.startBeat,
              velocity: 1,
              gainDb: 6,
            },
          ]
        : []),
    ]),
  ]
}

/** The names of all drums that a track's score may ask for. */
export const drumNames = (plan: TrackPlan): readonly string[] => [
  ...new Set(composeDrums(plan).map(({ drum }) => drum)),
]
