// Registration and sign-in in place: the dialog answers a promise, so that what the user was doing goes on.
import * as api from './api.js';
import { $, show } from './dom.js';

let creating = true;
let settle = null;
let onSignedIn = () => {};

function mode(create) {
  creating = create;
  $('sign-title').textContent = create ? 'Create an account' : 'Sign in';
  $('sign-submit').textContent = create ? 'Create account' : 'Sign in';
  $('sign-switch').textContent = create ? 'I have an account already' : 'Create an account instead';
  $('password').autocomplete = create ? 'new-password' : 'current-password';
  show($('password-hint'), create);
  error('');
}

function error(text) {
  $('sign-error').textContent = text;
  show($('sign-error'), Boolean(text));
}

/** Resolves to true when the user is signed in, to false when they would rather not. */
export function askToSignIn(why, existing = false) {
  mode(!existing);
  $('sign-why').textContent = why;
  $('sign').showModal();
  $('email').focus();
  return new Promise((resolve) => (settle = resolve));
}

function close(signedIn) {
  settle?.(signedIn);
  settle = null;
  $('password').value = '';
  if ($('sign').open) $('sign').close();
}

async function send() {
  const email = $('email').value.trim();
  const password = $('password').value;
  if (!email || !password) {
    error('Enter your e-mail address and a password.');
    return;
  }
  $('sign-submit').disabled = true;
  try {
    if (creating) await api.register(email, password, $('invitation').value.trim());
    else await api.signIn(email, password);
    await onSignedIn();
    close(true);
  } catch (failure) {
    if (failure.code?.startsWith('invitation_')) show($('invitation-field'), true);
    error(failure.message);
    (failure.code === 'email_taken' ? $('sign-switch') : $('password')).focus();
  } finally {
    $('sign-submit').disabled = false;
  }
}

export function wireSignIn(signedIn) {
  onSignedIn = signedIn;
  $('sign-form').addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  $('sign-switch').addEventListener('click', () => mode(!creating));
  $('sign-cancel').addEventListener('click', () => close(false));
  $('sign').addEventListener('close', () => close(false));
}
