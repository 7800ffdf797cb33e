// An identity provider on this machine, for tests: `node provider.mjs '{"client": {...}}'`.
// It listens on a port of its own choice, prints its issuer on one line, and ends when its
// standard input does. Anybody may sign in, under whatever name and with any password.
import { createServer } from 'node:http';
import { generateKeyPair, exportJWK } from 'jose';
import Provider from 'oidc-provider';

const { client } = JSON.parse(process.argv[2]);

const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'tests' };

const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [{ ...client, response_types: ['code'], grant_types: ['authorization_code'] }],
  cookies: { keys: ['of the tests'] },
  jwks: { keys: [key] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  // What a careless client would take for somebody's account: names and addresses.
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, preferred_username: 'caizheng', email: 'caizheng@example.gov.cn' }),
  }),
  conformIdTokenClaims: false,
  claims: { openid: ['sub', 'preferred_username', 'email'] },
});

server.on('request', provider.callback());
process.stdin.on('end', () => process.exit(0)).resume();
console.log(issuer);
