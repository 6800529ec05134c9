/** The jobs that the person started by hand on this page. */
const asked = new Set<string>()

export const noteAsked = ({ job_id }: { readonly job_id: string }): void => void asked.add(job_id)

export const isAsked = ({ job_id }: { readonly job_id: string }): boolean => asked.has(job_id)
