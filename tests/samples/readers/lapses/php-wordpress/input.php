<?php
function save() {
	check_ajax_referer( 'shop', 'nonce', false );
	update_option( 'shop', $_POST['shop'] );
}
function keep() {
	check_ajax_referer( 'shop', 'nonce' );
	if ( ! check_ajax_referer( 'shop', 'nonce', false ) ) {
		wp_send_json_error();
	}
}
