import type { QueryClient } from '@tanstack/react-query'
import { client } from '../kit/client.ts'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { refreshAfter } from '../queries/make-stale.ts'

/** Blends a friend's version with the person's own, and says what came of it. */
export const blendWithMine = async (queries: QueryClient, version: number): Promise<void> => {
  try {
    const { version: made, text } = await client.blendModel({ params: { version }, body: null })
    await refreshAfter(queries, 'models')
    notify({
      tone: 'plain',
      title: made === null ? `v${version} was not blended in` : `Blended as v${made}`,
      detail: text,
    })
  } catch (problem) {
    notifyProblem(problem)
  }
}

/** Says that a version was imported, and offers to blend it. */
export const notifyImported = (queries: QueryClient, version: number): void =>
  notify({
    tone: 'plain',
    title: `Imported as v${version}`,
    action: { name: 'Blend with mine', run: () => void blendWithMine(queries, version) },
  })
