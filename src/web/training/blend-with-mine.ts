import type { QueryClient } from '@tanstack/react-query'
import { client } from '../kit/client.ts'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { refreshAfter } from '../queries/make-stale.ts'
import { queryOf } from '../queries/query-of.ts'

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

/** Says that a version was imported, and offers to blend it, which no catalogue does. */
export const notifyImported = (queries: QueryClient, version: number): void => {
  const title = `Imported as v${version}`
  const isShared = queries.getQueryData(queryOf('health').queryKey)?.kind === 'catalogue'
  const action = { name: 'Blend with mine', run: () => void blendWithMine(queries, version) }
  notify({ tone: 'plain', title, ...(isShared ? {} : { action }) })
}
