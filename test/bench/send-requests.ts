import { Agent, request } from 'node:http';

export type BenchRequest = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type Answer = { readonly status: number; readonly body: string; readonly location: string };

/** Some connections to one server, kept open. */
export type Client = { send(one: BenchRequest): Promise<Answer>; close(): void };

const connections = 4;
const timeout = 30_000;

export function connectTo(url: string): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    send: (one) => sendOne(agent, url, one),
    close: () => agent.destroy(),
  };
}

/** Sends every request, a few at a time. @throws Error at the first answer of another status than wanted. */
export async function sendAll(
  client: Client,
  requests: readonly BenchRequest[],
  wanted: number,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < requests.length; at = next++) {
      const one = requests[at];
      if (!one) return;
      const answer = await client.send(one);
      if (answer.status !== wanted)
        throw new Error(`${one.method} ${one.path} answered ${answer.status}, not ${wanted}`);
      answers[at] = answer;
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return answers;
}

async function sendOne(agent: Agent, url: string, one: BenchRequest): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const form =
      one.body === undefined
        ? {}
        : {
            'content-type': 'application/x-www-form-urlencoded',
            'content-length': Buffer.byteLength(one.body),
          };
    const sent = request(
      url + one.path,
      { agent, method: one.method, timeout, headers: { ...form, ...one.headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
            location: response.headers.location ?? '',
          }),
        );
      },
    );
    sent.on('timeout', () =>
      sent.destroy(new Error(`no answer to ${one.method} ${one.path} in ${timeout} ms`)),
    );
    sent.on('error', reject);
    sent.end(one.body);
  });
}
