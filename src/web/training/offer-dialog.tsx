import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useRef, useState } from 'react'
import type { z } from 'zod'
import type { offer } from '../../api/operations/models.ts'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import { FactList } from '../kit/elements/fact-list.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { notifyProblem } from '../kit/notices.tsx'
import { percentText } from '../kit/words/percent-text.ts'
import { dateText } from '../kit/words/time-text.ts'
import { refreshAfter } from '../queries/make-stale.ts'
import { queryOf } from '../queries/query-of.ts'
import { notifyImported } from './blend-with-mine.ts'
import styles from './offer-dialog.module.css'

type OfferedModel = NonNullable<z.output<typeof offer>['model']>

/** What its maker says of the model; here it is measured once there are labels. */
const Facts = ({ model }: { readonly model: OfferedModel }): ReactElement => {
  const labels = Object.values(model.label_counts).reduce((sum: number, count = 0) => sum + count, 0)
  return (
    <>
      <FactList>
        {model.name && (
          <>
            <dt>Name</dt>
            <dd>{model.name}</dd>
          </>
        )}
        <dt>Knows</dt>
        <dd>{model.labels.join(', ')}</dd>
        <dt>Learnt from</dt>
        <dd>
          {countText(labels, 'label')} on {countText(model.tracks)}, {dateText(model.created_at)}
        </dd>
        <dt>Accuracy there</dt>
        <dd>{percentText(model.accuracy)}</dd>
        {model.notes && (
          <>
            <dt>Notes</dt>
            <dd>{model.notes}</dd>
          </>
        )}
      </FactList>
      <p className="quiet">
        The words and figures are its maker’s. It becomes a version of its own: nothing is read with it until you
        activate it.
      </p>
    </>
  )
}

/** Shows what is in a model file that was opened, and takes it only when the person says so. */
export const OfferDialog = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactElement => {
  const queries = useQueryClient()
  const [isTaking, setIsTaking] = useState(false)
  const leave = useRef<HTMLButtonElement>(null)
  const { data: offer, error } = useQuery({ ...queryOf('modelOffer', { params: { offer: id } }), retry: false })
  const take = async (): Promise<void> => {
    setIsTaking(true)
    try {
      const { version } = await client.acceptOffer({ params: { offer: id } })
      await refreshAfter(queries, 'models')
      notifyImported(queries, version)
      onClose()
    } catch (refusal) {
      notifyProblem(refusal)
      setIsTaking(false)
    }
  }
  return (
    <DialogFrame title="Import this model?" isOpen onClose={onClose} focused={leave}>
      {error && <ProblemNote error={error} />}
      {offer && <p className={styles.file}>{offer.file_name}</p>}
      {offer?.problem && (
        <p role="alert">
          {offer.problem.title}. {offer.problem.detail} {offer.problem.hint}
        </p>
      )}
      {offer?.model && <Facts model={offer.model} />}
      <p className={styles.actions}>
        <Button ref={leave} onClick={onClose}>
          {offer?.model ? 'Leave it' : 'Close'}
        </Button>
        {offer?.model && (
          <Button look="main" disabled={isTaking} onClick={() => void take()}>
            {isTaking ? 'Importing…' : 'Import'}
          </Button>
        )}
      </p>
    </DialogFrame>
  )
}
