import type { ReactElement } from 'react'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { useWhy } from './use-why.ts'
import { WhyPanel } from './why-panel.tsx'

/** Why the model calls what is selected what it does, while it is asked. */
export const SelectionWhy = (): ReactElement | null => {
  const { isAsking, span, data, error } = useWhy()
  if (!isAsking) return null
  if (span === null) return <p className="quiet">Select a section to see why.</p>
  if (error) return <ProblemNote error={error} />
  return data ? <WhyPanel span={span} why={data} /> : <p className="quiet">Listening…</p>
}
