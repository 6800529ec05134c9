import { type Contender, duel } from '../../core/evaluation/duel.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { UserError } from '../../core/support/user-error.ts'
import { countText } from '../../core/units/count-text.ts'
import { percentText } from '../../core/units/percent-text.ts'
import type { Scope, ScopeProof } from '../../platform/store/scope-store.ts'
import type { Workspace } from '../kit/workspace.ts'
import { isProofDue, tracksInScope } from './answering-version.ts'
import { askVersions } from './ask-versions.ts'
import { proposingVersion } from './base-model.ts'
import { showModel } from './model-operations.ts'

/** What a contender says of all kinds: one that it does not know is never its answer, and so its labels are missed. */
const onAllKinds = ({ kinds, answers }: Contender, all: readonly SectionKind[]): Contender => ({
  kinds: all,
  answers: answers.map((answer) => answer && all.map((kind) => answer[kinds.indexOf(kind)] ?? 0)),
})

/** Sets a version of a scope beside the general one, on the labels of the scope that neither can know. */
export const proofOf = async (
  workspace: Workspace,
  scope: Pick<Scope, 'name' | 'filter'>,
  { version, against }: Pick<ScopeProof, 'version' | 'against'>,
): Promise<ScopeProof> => {
  const { store } = workspace
  const inScope = new Set(tracksInScope(store, scope))
  const proof = { version, against, tracks: inScope.size }
  if (against === null) return { ...proof, isProven: true, text: `No other version is in use: v${version} answers.` }
  try {
    const models = [version, against].map((number) => showModel(store, number))
    const { labels, contenders } = await askVersions(workspace, models)
    const all = [...new Set(models.flatMap(({ kinds }) => kinds))]
    const places = [...labels.keys()].filter((at) => inScope.has(labels[at]!.of.id))
    const [own, general] = [version, against].map((number) => {
      const contender = onAllKinds(contenders.get(number)!, all)
      return { ...contender, answers: places.map((at) => contender.answers[at] ?? null) }
    })
    const fought = duel(
      places.map((at) => labels[at]!),
      own!,
      general!,
    )
    return {
      ...proof,
      isProven: fought?.verdict === 'better',
      text: proofText(scope.name, { version, against }, fought),
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { ...proof, isProven: false, text: `v${version} and v${against} cannot be compared: ${error.message}` }
  }
}

const proofText = (
  name: string,
  { version, against }: Pick<ScopeProof, 'version' | 'against'>,
  fought: ReturnType<typeof duel>,
): string => {
  if (fought === null)
    return `v${version} is not proven on ${name}: too few labels there that neither it nor v${against} has learnt from.`
  const [own, general] = fought.accuracy.map((share) => percentText(share))
  const figures = `${own} right against ${general}, on ${countText(fought.labels, 'label')} of ${countText(fought.tracks)}`
  const said = { better: 'does better than', worse: 'does worse than', open: 'is not proven better than' }[
    fought.verdict
  ]
  return `On ${name}, v${version} ${said} v${against}: ${figures}.`
}

/** Proves anew what was proven of other versions than those in use now. @returns whether anything was due */
export const proveScopes = async (workspace: Workspace): Promise<boolean> => {
  const { store } = workspace
  const general = proposingVersion(store)
  const due = store.scopes.list().filter((scope) => isProofDue(scope, general))
  for (const scope of due)
    store.scopes.prove(scope.id, await proofOf(workspace, scope, { version: scope.activeVersion!, against: general }))
  return due.length > 0
}
