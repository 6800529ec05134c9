import type { SectionKind } from '../../core/labels/section-kind.ts'
import { byVerdict, type Rivalry } from '../../core/training/rivals.ts'
import type { Workspace } from '../kit/workspace.ts'
import { judgeVersions } from './judge-versions.ts'
import { type ActivationPreview, previewActivation, showModel } from './model-operations.ts'
import { proofOf } from './prove-scopes.ts'

export type ActivationReport = ActivationPreview & {
  /** What does better on the labels of this library than the version. */
  readonly better: readonly Rivalry[]
  /** What a person should know before, in sentences; none where there is nothing to warn of. */
  readonly warnings: readonly string[]
}

const isBetter = ({ duel }: Rivalry): boolean => duel?.verdict === 'worse'

/** Now where that can be measured, and else as it was when the version was trained. */
const betterThan = async (workspace: Workspace, version: number): Promise<readonly Rivalry[]> => {
  const judged = await judgeVersions(workspace)
  const now = judged.find((one) => one.version === version)?.rivals ?? []
  const { card } = showModel(workspace.store, version)
  const measured = new Set(now.filter(({ duel }) => duel !== null).map(({ name }) => name))
  const usable = new Set(judged.map((one) => one.version))
  // What a stranger measured was measured on labels of theirs.
  const then = card === null || card.imported !== null ? [] : card.scoreboard.rivals
  const still = then.filter(({ name, version: rival }) => !measured.has(name) && (rival === null || usable.has(rival)))
  return byVerdict([...now, ...still].filter(isBetter))
}

const countsText = (counts: ActivationPreview['sectionsLost']): string => {
  const parts = (Object.entries(counts) as [SectionKind, number][])
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${count} ${kind}`)
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

const lossText = ({ version, sectionsLost, tracksAffected }: ActivationPreview): readonly string[] => {
  const lost = Object.values(sectionsLost).reduce((sum, count) => sum + count, 0)
  if (lost === 0) return []
  const [sections, tracks] = [lost === 1 ? 'section' : 'sections', tracksAffected === 1 ? 'track' : 'tracks']
  const kinds = Object.keys(sectionsLost).length
  return [
    `v${version} does not know ${kinds === 1 ? 'a kind' : `${kinds} kinds`} that your library shows now: ${countsText(sectionsLost)} ${sections} in ${tracksAffected} ${tracks} will become something else. Your labels stay.`,
  ]
}

/** @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL */
export const reportActivation = async (workspace: Workspace, version: number): Promise<ActivationReport> => {
  const { store } = workspace
  const preview = previewActivation(store, version)
  const scope = store.scopes.get(showModel(store, version).scope?.id ?? 0)
  if (scope !== null) {
    const { isProven, text } = await proofOf(workspace, scope, { version, against: preview.readsNow })
    const rest = 'Until that is proven, it answers for no track.'
    return { ...preview, better: [], warnings: isProven ? [] : [`${text} ${rest}`] }
  }
  const better = await betterThan(workspace, version)
  return { ...preview, better, warnings: [...better.map(({ text }) => text), ...lossText(preview)] }
}
