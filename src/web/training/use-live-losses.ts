import { useEffect, useState } from 'react'
import type { TrainingJob } from '../queries/use-training.ts'
import type { LossPoint } from './loss-chart.tsx'

/** The losses that this window saw of a training that runs; the whole curve is in the model's card afterwards. */
export const useLiveLosses = ({
  job_id,
  current_epoch,
  current_loss,
  validation_loss,
}: TrainingJob): readonly LossPoint[] => {
  const [seen, setSeen] = useState<{ readonly job: string; readonly losses: readonly LossPoint[] }>({
    job: job_id,
    losses: [],
  })
  useEffect(() => {
    if (current_epoch === null || current_loss === null) return
    const point = { round: current_epoch, train: current_loss, validation: validation_loss }
    setSeen(({ job, losses }) => ({ job: job_id, losses: job === job_id ? [...losses, point] : [point] }))
  }, [job_id, current_epoch, current_loss, validation_loss])
  return seen.losses
}
