import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { spanText } from '../../core/labels/bar-text.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { Button } from '../kit/elements/button.tsx'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { TOLD_AS_NOTICE } from '../queries/query-client.ts'
import { queryOf } from '../queries/query-of.ts'
import type { Ghost } from '../waveform/paint-spans.ts'
import { useDesk, useDeskTools } from './desk-context.ts'
import { seekBeat, suggestAgain } from './desk-edits.ts'
import { gridOf } from './desk-store.ts'
import styles from './rejected-list.module.css'

type Rejection = { readonly kind: SectionKind; readonly start_beat: number; readonly end_beat: number }

/** The suggestion as it was, but for how sure the model was of it: that is not kept. */
const ghostOf = (version: number | null, { kind, start_beat, end_beat }: Rejection): Ghost => ({
  id: `v${version}-${kind}-${start_beat}-${end_beat}`,
  kind,
  startBeat: start_beat,
  endBeat: end_beat,
  confidence: 0,
  runnerUp: kind,
  importedFrom: version === null ? 'import' : null,
})

const makerText = (version: number | null): string => {
  if (version === null) return 'from an import'
  return `by ${version > 0 ? `v${version}` : 'the shipped model'}`
}

/** What was turned down on this track; a second thought brings it back. */
export const RejectedList = ({ trackId }: { readonly trackId: number }): ReactElement | null => {
  const tools = useDeskTools()
  const grid = useDesk(gridOf)
  const { data: rejections } = useQuery({
    ...queryOf('listRejections', { params: { id: trackId } }),
    meta: TOLD_AS_NOTICE,
  })
  if (!rejections || rejections.length === 0) return null
  return (
    <details className={styles.rejected}>
      <summary>
        {rejections.length} rejected {rejections.length === 1 ? 'suggestion' : 'suggestions'}
      </summary>
      <ul>
        {rejections.map(({ id, version, ...rejection }) => {
          const ghost = ghostOf(version, rejection)
          const place = spanText(grid, ghost)
          return (
            <li key={id}>
              <KindChip kind={ghost.kind} />
              <Button look="bare" title="Go to it" onClick={() => seekBeat(tools, ghost.startBeat)}>
                {place}
              </Button>
              <span className="quiet">{makerText(version)}</span>
              <Button aria-label={`Suggest again: ${ghost.kind}, ${place}`} onClick={() => suggestAgain(tools, ghost)}>
                Suggest again
              </Button>
            </li>
          )
        })}
      </ul>
    </details>
  )
}
