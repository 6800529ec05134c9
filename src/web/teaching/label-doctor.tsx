import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { noteAsked } from '../kit/jobs/asked-jobs.ts'
import { notifyProblem } from '../kit/notices.tsx'
import { dateText } from '../kit/words/time-text.ts'
import { stopPreview, togglePreview } from '../player/preview.ts'
import { makeStep, undoLastStep } from '../queries/label-step-changes.ts'
import { queryOf } from '../queries/query-of.ts'
import { type Finding, FindingCard, type LabelFindings, soundOf, stretchOf } from './finding-card.tsx'
import styles from './label-doctor.module.css'
import { useDoctorKeys } from './use-doctor-keys.ts'
import { useFollowedFinding } from './use-followed-finding.ts'

const FIRST_SHOWN = 50

const checkAgain = (): void => void client.checkLabels().then(noteAsked, notifyProblem)

const checkedText = ({ checkup }: LabelFindings): string => {
  if (checkup === null) return 'No label has been compared with the others yet.'
  const { labels, tracks, made_at, is_outdated } = checkup
  return `${countText(labels, 'label')} of ${countText(tracks)} compared with each other ${dateText(made_at)}${is_outdated ? '; some have changed since' : ''}.`
}

const Findings = ({ found }: { readonly found: LabelFindings }): ReactElement | null => {
  const queries = useQueryClient()
  const [at, setAt] = useState(0)
  const shown = found.findings.slice(0, FIRST_SHOWN)
  const chosen = Math.min(at, shown.length - 1)
  const { list, follow } = useFollowedFinding(shown[chosen]?.id)
  const settling = useRef<string | null>(null)
  useEffect(() => stopPreview, [])
  const settle = useCallback(
    async (finding: Finding, how: 'mend' | 'dismiss'): Promise<void> => {
      // Until the list has followed, another press would be meant for what is gone.
      if (settling.current === finding.id) return
      settling.current = finding.id
      follow()
      stopPreview()
      const params = { finding: finding.id }
      await makeStep(queries, how === 'mend' ? client.mendFinding({ params }) : client.dismissFinding({ params }))
      if (settling.current === finding.id) settling.current = null
    },
    [queries, follow],
  )
  const choose = useCallback(
    (place: number): void => {
      follow()
      setAt(place)
    },
    [follow],
  )
  useDoctorKeys(
    useCallback(
      (action) => {
        const finding = shown[chosen]
        if (action === 'undo step') void undoLastStep(queries)
        else if (action === 'next finding') choose(Math.min(chosen + 1, shown.length - 1))
        else if (action === 'finding before') choose(Math.max(chosen - 1, 0))
        else if (finding === undefined) return
        else if (action === 'hear finding') togglePreview(soundOf(finding), finding.track_id, stretchOf(finding))
        else if (action === 'dismiss finding') void settle(finding, 'dismiss')
        else if (finding.mend_text !== null) void settle(finding, 'mend')
      },
      [shown, chosen, queries, settle, choose],
    ),
  )
  if (shown.length === 0)
    return found.checkup === null ? null : <p className="quiet">Nothing seems wrong with the labels.</p>
  return (
    <ol className={styles.list} aria-label="Findings" ref={list}>
      {shown.map((finding, place) => (
        <FindingCard
          key={finding.id}
          finding={finding}
          isChosen={place === chosen}
          onChoose={() => choose(place)}
          onMend={() => void settle(finding, 'mend')}
          onDismiss={() => void settle(finding, 'dismiss')}
        />
      ))}
    </ol>
  )
}

/** Labels that may be wrong, each beside what speaks against it: one press mends, one dismisses for good. */
export const LabelDoctor = (): ReactElement => {
  const { data: found, error } = useQuery(queryOf('labelFindings'))
  return (
    <Panel title="Label doctor" aside={found && countText(found.findings.length, 'finding')}>
      {error && <ProblemNote error={error} />}
      {found && (
        <>
          <p className="quiet">
            {checkedText(found)} <Button onClick={checkAgain}>Compare all labels</Button>
          </p>
          <Findings found={found} />
          {found.findings.length > FIRST_SHOWN && (
            <p className="quiet">and {found.findings.length - FIRST_SHOWN} more, once these are done.</p>
          )}
        </>
      )}
    </Panel>
  )
}
