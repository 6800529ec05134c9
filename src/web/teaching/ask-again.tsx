import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useState } from 'react'
import type { z } from 'zod'
import type { selfAgreement } from '../../api/operations/teaching.ts'
import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { notifyProblem } from '../kit/notices.tsx'
import { percentText } from '../kit/words/percent-text.ts'
import { rowBars } from '../kit/words/row-bars.ts'
import { PlayPart } from '../player/play-part.tsx'
import { stopPreview } from '../player/preview.ts'
import { refreshAfter } from '../queries/make-stale.ts'
import { queryOf } from '../queries/query-of.ts'
import styles from './sure-suggestions.module.css'

type Question = NonNullable<z.output<typeof selfAgreement>['question']>
type Answer = {
  readonly labelId: number
  readonly labelled: SectionKind
  readonly ownKindId: number | null
  readonly said: SectionKind
}

const Said = ({ answer: { labelId, labelled, ownKindId, said } }: { readonly answer: Answer }): ReactElement => {
  const [isChanged, setChanged] = useState(false)
  const changeTo = async (kind: SectionKind): Promise<void> => {
    try {
      const own = kind === said ? null : ownKindId
      await client.changeLabel({ params: { id: labelId }, query: {}, body: { label_value: kind, own_kind_id: own } })
      setChanged(kind === said)
    } catch (error) {
      notifyProblem(error)
    }
  }
  if (labelled === said) return <p role="status">You call it {said}, as before.</p>
  return (
    <p role="status">
      {isChanged
        ? `Your label says ${said} now, and no longer ${labelled}.`
        : `You call it ${said} now; your label says ${labelled}.`}{' '}
      <Button onClick={() => void changeTo(isChanged ? labelled : said)}>
        {isChanged ? `Change it back to ${labelled}` : `Change the label to ${said}`}
      </Button>
    </p>
  )
}

const Asked = ({
  question,
  isSaying,
  onSay,
}: {
  readonly question: Question
  readonly isSaying: boolean
  readonly onSay: (said: SectionKind) => void
}): ReactElement => (
  <>
    <p>
      <PlayPart
        part={`again ${question.label_id}`}
        trackId={question.track_id}
        stretch={{ from: Math.max(0, question.start_seconds), to: question.end_seconds }}
        name="section"
      />{' '}
      What do you call {rowBars(question)} of {question.track_title}?
    </p>
    <div className={styles.form}>
      {SECTION_KINDS.map((kind) => (
        <Button key={kind} disabled={isSaying} onClick={() => onSay(kind)}>
          <KindChip kind={kind} />
        </Button>
      ))}
    </div>
  </>
)

/** Asks for labels of the person's own once more, without showing them: whoever shows it hides meanwhile what would tell. */
export const AskAgain = ({
  isAsking,
  onAsk,
}: {
  readonly isAsking: boolean
  readonly onAsk: (isAsking: boolean) => void
}): ReactElement => {
  const queries = useQueryClient()
  const { data, error } = useQuery(queryOf('selfAgreement'))
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [isSaying, setSaying] = useState(false)
  useEffect(() => stopPreview, [])
  const say = async ({ label_id }: Question, said: SectionKind): Promise<void> => {
    stopPreview()
    setSaying(true)
    try {
      const { labelled, own_kind_id } = await client.answerAgain({ body: { label_id, said } })
      setAnswer({ labelId: label_id, labelled, ownKindId: own_kind_id, said })
    } catch (problem) {
      notifyProblem(problem)
    }
    // Also where it was answered in another window: the next question is what is to be seen.
    await refreshAfter(queries, 'labels')
    setSaying(false)
  }
  return (
    <Panel title="Do you still call it that?" aside={data && data.due > 0 && `${countText(data.due, 'question')} due`}>
      {error && <ProblemNote error={error} />}
      {data && data.share !== null && data.band !== null && (
        <p>
          You agree with yourself on {percentText(data.share, 0)} of {countText(data.asked, 'section')} (90 % band:{' '}
          {percentText(data.band.low, 0)} – {percentText(data.band.high, 0)}).
        </p>
      )}
      {answer && <Said key={`${answer.labelId} ${answer.said}`} answer={answer} />}
      {data && data.question === null && (
        <p className="quiet">There is nothing left to ask: label more sections first.</p>
      )}
      {isAsking && data?.question && (
        <Asked question={data.question} isSaying={isSaying} onSay={(said) => void say(data.question!, said)} />
      )}
      {isAsking ? (
        <p className={styles.enough}>
          <Button onClick={() => onAsk(false)}>Enough for now</Button>
        </p>
      ) : (
        data?.question && (
          <p>
            <Button onClick={() => onAsk(true)}>Ask me</Button>{' '}
            <span className="quiet">The rest of this screen is hidden meanwhile: it might give the answer away.</span>
          </p>
        )
      )}
    </Panel>
  )
}
