import type { ReactElement } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import type { Finding } from './findings.ts'
import styles from './findings-panel.module.css'
import { type GraphModel, nameOf } from './graph-model.ts'
import { useGraph, walkOn } from './graph-state.ts'
import { goTo } from './graph-walk.ts'

/** More are a matter for the table. */
const LISTED = 50

const FindingLine = ({ finding, model }: { readonly finding: Finding; readonly model: GraphModel }): ReactElement => {
  const isShown = useGraph((state) => state.group === finding.name)
  return (
    <li>
      <Button
        look="bare"
        className={styles.finding!}
        aria-pressed={isShown}
        onClick={() => useGraph.setState({ group: isShown ? null : finding.name })}
      >
        {finding.title}
      </Button>
      {isShown && (
        <ul className={styles.tracks}>
          {finding.ids.slice(0, LISTED).map((id) => (
            <li key={id}>
              <Button look="bare" onClick={() => walkOn((walk) => goTo(walk, id))}>
                {nameOf(model.trackOf.get(id)!)}
              </Button>
            </li>
          ))}
          {finding.ids.length > LISTED && (
            <li className="quiet">and {countText(finding.ids.length - LISTED, 'other')}, all in the table</li>
          )}
        </ul>
      )}
    </li>
  )
}

/** What the graph shows that one might not see: dead ends, islands, and what is not in it. */
export const FindingsPanel = ({
  model,
  findings,
}: {
  readonly model: GraphModel
  readonly findings: readonly Finding[]
}): ReactElement => {
  const { left_out, transitions } = model.answer
  const missing = left_out.reduce((sum, { track_ids }) => sum + track_ids.length, 0)
  return (
    <Panel title="Islands and dead ends">
      {model.isConnected && (
        <p className="quiet">
          {countText(model.tracks.length)}, {countText(transitions!.from.length, 'good transition')}.
          {findings.length === 0 && ' Every track leads into another, and another leads into it.'}
          {findings.filter(({ isIsland }) => isIsland).length > 1 && ' Tracks of different islands do not mix well.'}
        </p>
      )}
      <ul className={styles.findings}>
        {findings.map((finding) => (
          <FindingLine key={finding.name} finding={finding} model={model} />
        ))}
      </ul>
      {left_out.length > 0 && (
        <details>
          <summary>
            {missing > 0 ? `${countText(missing)} not in the graph` : 'Not all tracks are in the graph'}
          </summary>
          <ul>
            {left_out.map(({ reason, track_ids }) => (
              <li key={reason}>{track_ids.length > 0 ? `${countText(track_ids.length)}: ${reason}` : reason}</li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  )
}
