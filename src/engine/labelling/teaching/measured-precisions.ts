import { expectedPrecision, type SaidKind } from '../../../core/evaluation/expected-precision.ts'
import type { Workspace } from '../../kit/workspace.ts'
import { scopesInForce } from '../../versions/answering-version.ts'
import { askVersions } from '../../versions/ask-versions.ts'
import { proposingVersion } from '../../versions/base-model.ts'
import { usableVersions } from '../../versions/version-knowledge.ts'

type Precision = ReturnType<typeof expectedPrecision>

/**
 * How often suggestions of each version that speaks are right, by what it says of labels of this library that it cannot know, whoever made it. Labels that
 * were accepted in bulk and that nobody has looked at say nothing: they are what a model said.
 */
export const measuredPrecisions = async (workspace: Workspace): Promise<ReadonlyMap<number, Precision>> => {
  const { store } = workspace
  const speaking = new Set([proposingVersion(store), ...scopesInForce(store).map(({ activeVersion }) => activeVersion)])
  const asked = usableVersions(store).filter(({ version }) => speaking.has(version))
  const { labels, contenders } = await askVersions(workspace, asked)
  const unread = new Set(store.labelSteps.bulkLabels().map(({ labelId }) => labelId))
  return new Map(
    [...contenders].map(([version, { kinds, answers }]) => {
      const said = labels.flatMap(({ labelId, kind }, at): SaidKind[] => {
        const given = answers[at] ?? null
        if (given === null || unread.has(labelId)) return []
        const answer = Array.from(given)
        const confidence = Math.max(...answer)
        const likeliest = kinds[answer.indexOf(confidence)]!
        return [{ said: likeliest, confidence, isRight: likeliest === kind }]
      })
      return [version, expectedPrecision(said)]
    }),
  )
}
