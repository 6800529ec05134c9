import type { ReactElement } from 'react'
import { useDesk } from './desk-context.ts'
import { selectedLabel } from './desk-store.ts'
import { WhyPanel } from './why-panel.tsx'

/** The evidence for what is selected, while it is asked for. */
export const SelectionWhy = ({ trackId }: { readonly trackId: number }): ReactElement | null => {
  const isAsking = useDesk((state) => state.isAskingWhy)
  const ghost = useDesk(({ ghosts, selectedGhost }) => ghosts.find(({ id }) => id === selectedGhost))
  const label = useDesk(selectedLabel)
  const span = ghost ?? label
  if (!isAsking) return null
  return span ? <WhyPanel trackId={trackId} span={span} /> : <p className="quiet">Select a section to see why.</p>
}
