import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Fragment, type ReactElement, useState } from 'react'
import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { errorText } from '../../core/support/user-error.ts'
import { labelShortage } from '../../core/training/require-enough-labels.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { notifyProblem } from '../kit/notices.tsx'
import { percentText } from '../kit/words/percent-text.ts'
import { remainingText } from '../kit/words/time-text.ts'
import { refreshAfter } from '../queries/make-stale.ts'
import { queryOf } from '../queries/query-of.ts'
import {
  isTraining,
  type TrainingJob,
  useLabelStats,
  useLatestTraining,
  useTrainingLosses,
} from '../queries/use-training.ts'
import { BetterOnes } from './better-ones.tsx'
import { LossChart } from './loss-chart.tsx'
import styles from './training-panel.module.css'
import { TrainingScopes } from './training-scopes.tsx'

const STAGES: Readonly<Record<TrainingJob['status'], string>> = {
  pending: 'Queued',
  preparing: 'Loading features of labelled tracks',
  training: 'Training',
  evaluating: 'Testing on tracks it was not trained on',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

const Running = ({ job }: { readonly job: TrainingJob }): ReactElement => {
  const queries = useQueryClient()
  const { data: losses = [] } = useTrainingLosses(job.job_id)
  const cancel = (): void =>
    void client
      .cancelTraining({ params: { job_id: job.job_id } })
      .then(() => refreshAfter(queries, 'job'))
      .catch(notifyProblem)
  return (
    <div className={styles.running}>
      <p aria-live="polite">{STAGES[job.status]}</p>
      <progress aria-label="Progress of the training" max={1} value={job.progress} />
      <p className="figures">
        {percentText(job.progress, 0)}
        {job.eta_seconds !== null && ` · ${remainingText(job.eta_seconds)} left`}
      </p>
      <p className="figures">
        Epoch {job.current_epoch ?? '–'} / {job.total_epochs ?? '–'}{' '}
        <span className="quiet">with those that only measure</span>
        <br />
        Loss: {job.current_loss?.toFixed(4) ?? '–'}
        {job.validation_loss !== null && ` · held out: ${job.validation_loss.toFixed(4)}`}
      </p>
      {losses.length > 1 && <LossChart losses={losses} />}
      <Button look="danger" onClick={cancel}>
        Cancel
      </Button>
    </div>
  )
}

const Ended = ({ job }: { readonly job: TrainingJob }): ReactElement => (
  <dl className={styles.result}>
    {job.status === 'completed' && job.accuracy !== null && job.f1_score !== null ? (
      <>
        <dt>Accuracy</dt>
        <dd className="figures">{percentText(job.accuracy)}</dd>
        <dt>F1 Score</dt>
        <dd className="figures">{percentText(job.f1_score)}</dd>
        <dt>Model Version</dt>
        <dd>
          v{job.model_version}
          {job.model_version !== null && <BetterOnes version={job.model_version} />}
        </dd>
        {job.scopes.map(({ scope_id, name, text }) => (
          <Fragment key={scope_id}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </Fragment>
        ))}
      </>
    ) : (
      <>
        <dt>{STAGES[job.status]}</dt>
        <dd>
          {job.error_message ?? (job.status === 'cancelled' ? 'Nothing was changed; the models are as before.' : '')}
          {job.error_hint !== null && <p className="quiet">{job.error_hint}</p>}
        </dd>
      </>
    )}
  </dl>
)

/** One training at a time: started here, and seen here by every window that is open. */
export const TrainingPanel = (): ReactElement => {
  const queries = useQueryClient()
  const { data: job, error } = useLatestTraining()
  const { data: stats } = useLabelStats()
  const [excluded, setExcluded] = useState<readonly SectionKind[]>([])
  const [seed, setSeed] = useState('')
  const [epochs, setEpochs] = useState('')
  const [withoutScopes, setWithoutScopes] = useState<readonly number[]>([])
  const { data: scopes = [] } = useQuery(queryOf('listScopes'))
  const [isCurveWanted, setIsCurveWanted] = useState(true)
  const isRunning = job ? isTraining(job) : false
  const used = SECTION_KINDS.filter((kind) => (stats?.label_counts[kind] ?? 0) > 0)
  const shortage =
    stats && labelShortage(stats.label_counts, { minSamples: stats.min_samples_required, exclude: excluded }).error
  const start = (): void => {
    const body = {
      exclude: [...excluded],
      learning_curve: isCurveWanted,
      scopes: scopes.map(({ id }) => id).filter((id) => !withoutScopes.includes(id)),
      ...(seed === '' ? {} : { seed: Number(seed) }),
      ...(epochs === '' ? {} : { epochs: Number(epochs) }),
    }
    client
      .train({ body })
      .then(() => refreshAfter(queries, 'job'))
      .catch(notifyProblem)
  }
  return (
    <Panel title="Model Training" aside={job?.status}>
      {error && <ProblemNote error={error} />}
      {job && (isRunning ? <Running job={job} /> : <Ended job={job} />)}
      {!isRunning && (
        <>
          <Button look="main" onClick={start} disabled={shortage !== null}>
            Start Training
          </Button>
          {shortage && (
            <p className="quiet">
              {errorText({ title: shortage.title, detail: shortage.message })} {shortage.hint}
              {used.length > 2 ? ', or leave some sections out below.' : '.'}
            </p>
          )}
          <details className={styles.more}>
            <summary>More</summary>
            <fieldset>
              <legend>Leave out</legend>
              {used.map((kind) => (
                <label key={kind}>
                  <input
                    type="checkbox"
                    checked={excluded.includes(kind)}
                    onChange={({ target }) =>
                      setExcluded(target.checked ? [...excluded, kind] : excluded.filter((one) => one !== kind))
                    }
                  />{' '}
                  {kind}
                </label>
              ))}
            </fieldset>
            <TrainingScopes leftOut={withoutScopes} onChange={setWithoutScopes} />
            <label className={styles.wide}>
              <input
                type="checkbox"
                checked={isCurveWanted}
                onChange={({ target }) => setIsCurveWanted(target.checked)}
              />{' '}
              Estimate what more labels are worth (takes two to three times as long)
            </label>
            <label>
              Seed{' '}
              <input
                type="number"
                min={0}
                placeholder="1"
                value={seed}
                onChange={({ target }) => setSeed(target.value)}
              />
            </label>{' '}
            <label>
              Epochs{' '}
              <input
                type="number"
                min={1}
                max={1000}
                placeholder="80"
                value={epochs}
                onChange={({ target }) => setEpochs(target.value)}
              />
            </label>
          </details>
        </>
      )}
    </Panel>
  )
}
